// Byte streams: dial, listen, transfer, options of all three, errors.
#include "check.h"

static nng_aio *one, *two;

static void
vector(nng_aio *aio, void *bytes, size_t length)
{
	nng_iov iov = { .iov_buf = bytes, .iov_len = length };
	MUST(nng_aio_set_iov(aio, 1, &iov) == 0);
}

// Connects a pair through a listener on a URL; the URL that is dialled may differ (a port chosen by the system).
static void
connected(const char *url, nng_stream **dialled, nng_stream **accepted)
{
	nng_stream_listener *l;
	nng_stream_dialer *  d;
	char                 real[96];
	int                  port;

	MUST(nng_stream_listener_alloc(&l, url) == 0);
	MUST(nng_stream_listener_listen(l) == 0);
	snprintf(real, sizeof(real), "%s", url);
	if (strncmp(url, "tcp", 3) == 0) {
		MUST(nng_stream_listener_get_int(l, NNG_OPT_TCP_BOUND_PORT, &port) == 0);
		snprintf(real, sizeof(real), "tcp://127.0.0.1:%d", port);
	}
	MUST(nng_stream_dialer_alloc(&d, real) == 0);
	nng_stream_listener_accept(l, one);
	nng_stream_dialer_dial(d, two);
	nng_aio_wait(one);
	nng_aio_wait(two);
	SHOW(nng_aio_result(one));
	SHOW(nng_aio_result(two));
	SHOW((*accepted = nng_aio_get_output(one, 0)) != NULL);
	SHOW((*dialled = nng_aio_get_output(two, 0)) != NULL);
	SHOW(nng_aio_get_output(two, 0) == *dialled);
	SHOW(nng_aio_get_output(two, 1) == NULL);
	nng_stream_listener_free(l);
	nng_stream_dialer_free(d);
}

static void
transfer(const char *url)
{
	nng_stream *a, *b;
	char        text[64];
	nng_iov     iov[8];

	connected(url, &a, &b);
	vector(one, "hello", 5);
	nng_stream_send(a, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	SHOW(nng_aio_count(one));
	memset(text, 0, sizeof(text));
	vector(two, text, sizeof(text));
	nng_stream_recv(b, two);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));
	SHOW(nng_aio_count(two));
	SHOW_TEXT(text);

	// Several elements, empty ones among them.
	for (int i = 0; i < 8; i++) {
		iov[i].iov_buf = "abcdefgh" + i;
		iov[i].iov_len = i == 3 ? 0 : 1;
	}
	SHOW(nng_aio_set_iov(one, 8, iov));
	nng_stream_send(b, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	SHOW(nng_aio_count(one));
	memset(text, 0, sizeof(text));
	for (int i = 0; i < 8; i++) {
		iov[i].iov_buf = text + 2 * i;
		iov[i].iov_len = 2;
	}
	SHOW(nng_aio_set_iov(two, 8, iov));
	nng_stream_recv(a, two);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));
	SHOW(nng_aio_count(two));
	SHOW_TEXT(text);

	// Nothing there: a timeout, a cancel, an abort; then the stream goes on.
	vector(two, text, sizeof(text));
	nng_aio_set_timeout(two, 5);
	nng_stream_recv(b, two);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));
	SHOW(nng_aio_count(two));
	nng_aio_set_timeout(two, 5000);
	nng_stream_recv(b, two);
	nng_aio_cancel(two);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));
	nng_stream_recv(b, two);
	nng_aio_abort(two, NNG_EINTR);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));
	nng_stream_recv(b, two);
	vector(one, "again", 6);
	nng_stream_send(a, one);
	nng_aio_wait(two);
	nng_aio_wait(one);
	SHOW(nng_aio_result(two));
	SHOW_TEXT(text);

	// The peer's end.
	nng_stream_recv(b, two);
	nng_stream_close(a);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));
	nng_stream_recv(b, two);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));

	// The own end; the original leaves the send waiting.
	nng_aio_set_timeout(one, 50);
	nng_stream_send(a, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	vector(one, text, sizeof(text));
	nng_stream_recv(a, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	nng_aio_set_timeout(one, NNG_DURATION_INFINITE);
	nng_stream_close(a);
	nng_stream_free(a);
	nng_stream_free(b);
	nng_stream_free(NULL);
}

// A large block crosses piecewise, each count as large as it says.
static void
large(void)
{
	enum { SIZE = 1 << 20 };
	nng_stream *a, *b;
	char *      source = malloc(SIZE), *target = malloc(SIZE);
	size_t      sent = 0, received = 0;

	for (int i = 0; i < SIZE; i++) {
		source[i] = (char) (i * 7);
	}
	connected("tcp://127.0.0.1:0", &a, &b);
	nng_aio_set_timeout(one, 10000);
	nng_aio_set_timeout(two, 10000);
	vector(one, source, SIZE);
	nng_stream_send(a, one);
	vector(two, target, SIZE);
	nng_stream_recv(b, two);
	while (received < SIZE) {
		nng_aio_wait(two);
		MUST(nng_aio_result(two) == 0);
		received += nng_aio_count(two);
		if (received < SIZE) {
			vector(two, target + received, SIZE - received);
			nng_stream_recv(b, two);
		}
		if (sent < received) {
			nng_aio_wait(one);
			MUST(nng_aio_result(one) == 0);
			MUST(nng_aio_count(one) > 0);
			sent += nng_aio_count(one);
			if (sent < SIZE) {
				vector(one, source + sent, SIZE - sent);
				nng_stream_send(a, one);
			}
		}
	}
	SHOW(memcmp(source, target, SIZE));
	nng_stream_free(a);
	nng_stream_free(b);
	free(source);
	free(target);
}

static void
stream_options(const char *url)
{
	nng_stream * a, *b;
	nng_sockaddr sa;
	bool         flag;
	int          number;
	size_t       size;
	uint64_t     big;
	char *       text;
	void *       pointer;
	nng_duration ms;

	connected(url, &a, &b);
	SHOW(nng_stream_get_addr(a, NNG_OPT_REMADDR, &sa));
	SHOW(sa.s_family);
	SHOW(nng_stream_get_addr(b, NNG_OPT_LOCADDR, &sa));
	SHOW(sa.s_family);
	SHOW(nng_stream_get_bool(a, NNG_OPT_TCP_NODELAY, &flag));
	SHOW(nng_stream_set_bool(a, NNG_OPT_TCP_NODELAY, true));
	SHOW(nng_stream_set_bool(a, NNG_OPT_TCP_KEEPALIVE, true));
	if (nng_stream_get_bool(a, NNG_OPT_TCP_KEEPALIVE, &flag) == 0) {
		SHOW(flag);
	}
	size = sizeof(flag);
	SHOW(nng_stream_get(a, NNG_OPT_TCP_KEEPALIVE, &flag, &size));
	flag = false;
	SHOW(nng_stream_set(a, NNG_OPT_TCP_KEEPALIVE, &flag, sizeof(flag)));
	SHOW(nng_stream_get_int(a, NNG_OPT_TCP_NODELAY, &number));
	SHOW(nng_stream_get_int(a, "no-such-option", &number));
	SHOW(nng_stream_get_size(a, NNG_OPT_RECVMAXSZ, &size));
	SHOW(nng_stream_get_uint64(a, "no-such-option", &big));
	SHOW(nng_stream_get_string(a, "no-such-option", &text));
	SHOW(nng_stream_get_ptr(a, "no-such-option", &pointer));
	SHOW(nng_stream_get_ms(a, NNG_OPT_RECVTIMEO, &ms));
	SHOW(nng_stream_set_int(a, "no-such-option", 1));
	SHOW(nng_stream_set_size(a, "no-such-option", 1));
	SHOW(nng_stream_set_uint64(a, "no-such-option", 1));
	SHOW(nng_stream_set_string(a, "no-such-option", "x"));
	SHOW(nng_stream_set_ptr(a, "no-such-option", NULL));
	SHOW(nng_stream_set_ms(a, "no-such-option", 1));
	SHOW(nng_stream_set_addr(a, "no-such-option", &sa));
	SHOW(nng_stream_set_addr(a, NNG_OPT_LOCADDR, &sa));
	nng_stream_free(a);
	nng_stream_free(b);
}

static void
dialer_options(void)
{
	nng_stream_dialer *d;
	nng_sockaddr       sa;
	bool               flag;
	int                number;
	size_t             size;
	uint64_t           big;
	char *             text;
	void *             pointer;
	nng_duration       ms;

	MUST(nng_stream_dialer_alloc(&d, "tcp://127.0.0.1:5555") == 0);
	SHOW(nng_stream_dialer_get_bool(d, NNG_OPT_TCP_NODELAY, &flag));
	SHOW(flag);
	SHOW(nng_stream_dialer_set_bool(d, NNG_OPT_TCP_NODELAY, false));
	SHOW(nng_stream_dialer_get_bool(d, NNG_OPT_TCP_NODELAY, &flag));
	SHOW(flag);
	SHOW(nng_stream_dialer_get_bool(d, NNG_OPT_TCP_KEEPALIVE, &flag));
	SHOW(flag);
	size = sizeof(flag);
	SHOW(nng_stream_dialer_get(d, NNG_OPT_TCP_NODELAY, &flag, &size));
	SHOW(size);
	size = 0;
	SHOW(nng_stream_dialer_get(d, NNG_OPT_TCP_NODELAY, &flag, &size));
	flag = true;
	SHOW(nng_stream_dialer_set(d, NNG_OPT_TCP_NODELAY, &flag, 1));
	SHOW(nng_stream_dialer_set(d, NNG_OPT_TCP_NODELAY, &flag, 2));
	SHOW(nng_stream_dialer_set_int(d, NNG_OPT_TCP_NODELAY, 1));
	SHOW(nng_stream_dialer_get_int(d, NNG_OPT_TCP_NODELAY, &number));
	SHOW(nng_stream_dialer_get_int(d, "no-such-option", &number));
	SHOW(nng_stream_dialer_get_size(d, "no-such-option", &size));
	SHOW(nng_stream_dialer_get_uint64(d, "no-such-option", &big));
	SHOW(nng_stream_dialer_get_string(d, "no-such-option", &text));
	SHOW(nng_stream_dialer_get_ptr(d, "no-such-option", &pointer));
	SHOW(nng_stream_dialer_get_ms(d, "no-such-option", &ms));
	SHOW(nng_stream_dialer_set_size(d, "no-such-option", 1));
	SHOW(nng_stream_dialer_set_uint64(d, "no-such-option", 1));
	SHOW(nng_stream_dialer_set_string(d, "no-such-option", "x"));
	SHOW(nng_stream_dialer_set_ptr(d, "no-such-option", NULL));
	SHOW(nng_stream_dialer_set_ms(d, "no-such-option", 1));
	memset(&sa, 0, sizeof(sa));
	sa.s_in.sa_family = NNG_AF_INET;
	sa.s_in.sa_addr   = 0x0100007f;
	SHOW(nng_stream_dialer_set_addr(d, NNG_OPT_LOCADDR, &sa));
	memset(&sa, 0xff, sizeof(sa));
	SHOW(nng_stream_dialer_get_addr(d, NNG_OPT_LOCADDR, &sa));
	SHOW(sa.s_family);
	SHOW(sa.s_in.sa_addr);
	nng_stream_dialer_close(d);
	nng_stream_dialer_dial(d, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	nng_stream_dialer_close(d);
	nng_stream_dialer_free(d);
	nng_stream_dialer_free(NULL);
}

static void
listener_options(void)
{
	nng_stream_listener *l, *again;
	nng_sockaddr         sa;
	nng_url *            url;
	bool                 flag;
	int                  number;
	size_t               size;
	uint64_t             big;
	char *               text;
	void *               pointer;
	nng_duration         ms;
	char                 same[64];

	MUST(nng_url_parse(&url, "tcp://127.0.0.1:0") == 0);
	SHOW(nng_stream_listener_alloc_url(&l, url));
	nng_url_free(url);
	nng_stream_listener_accept(l, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	SHOW(nng_stream_listener_get_bool(l, NNG_OPT_TCP_NODELAY, &flag));
	SHOW(flag);
	SHOW(nng_stream_listener_set_bool(l, NNG_OPT_TCP_KEEPALIVE, true));
	SHOW(nng_stream_listener_get_bool(l, NNG_OPT_TCP_KEEPALIVE, &flag));
	SHOW(flag);
	flag = false;
	SHOW(nng_stream_listener_set(l, NNG_OPT_TCP_KEEPALIVE, &flag, sizeof(flag)));
	SHOW(nng_stream_listener_set_int(l, NNG_OPT_TCP_KEEPALIVE, 1));
	SHOW(nng_stream_listener_set_size(l, "no-such-option", 1));
	SHOW(nng_stream_listener_set_uint64(l, "no-such-option", 1));
	SHOW(nng_stream_listener_set_string(l, "no-such-option", "x"));
	SHOW(nng_stream_listener_set_ptr(l, "no-such-option", NULL));
	SHOW(nng_stream_listener_set_ms(l, "no-such-option", 1));
	SHOW(nng_stream_listener_listen(l));
	SHOW(nng_stream_listener_get_addr(l, NNG_OPT_LOCADDR, &sa));
	SHOW(sa.s_family);
	SHOW(sa.s_in.sa_addr);
	SHOW(nng_stream_listener_get_int(l, NNG_OPT_TCP_BOUND_PORT, &number));
	SHOW(number == ((sa.s_in.sa_port & 0xff) << 8 | sa.s_in.sa_port >> 8));
	SHOW(nng_stream_listener_set_addr(l, NNG_OPT_LOCADDR, &sa));
	size = sizeof(sa);
	SHOW(nng_stream_listener_get(l, NNG_OPT_LOCADDR, &sa, &size));
	SHOW(size);
	SHOW(nng_stream_listener_get_size(l, "no-such-option", &size));
	SHOW(nng_stream_listener_get_uint64(l, "no-such-option", &big));
	SHOW(nng_stream_listener_get_string(l, "no-such-option", &text));
	SHOW(nng_stream_listener_get_ptr(l, "no-such-option", &pointer));
	SHOW(nng_stream_listener_get_ms(l, "no-such-option", &ms));
	SHOW(nng_stream_listener_listen(l));
	snprintf(same, sizeof(same), "tcp://127.0.0.1:%d", number);
	MUST(nng_stream_listener_alloc(&again, same) == 0);
	SHOW(nng_stream_listener_listen(again));
	nng_stream_listener_free(again);
	nng_aio_set_timeout(one, 5000);
	nng_stream_listener_accept(l, one);
	nng_stream_listener_close(l);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	nng_stream_listener_free(l);
	nng_stream_listener_free(NULL);
}

static void
errors(void)
{
	nng_stream_dialer *  d;
	nng_stream_listener *l;
	nng_url *            url;

	SHOW(nng_stream_dialer_alloc(&d, "inproc://x"));
	SHOW(nng_stream_dialer_alloc(&d, "no url"));
	SHOW(nng_stream_dialer_alloc(&d, "gopher://x"));
	SHOW(nng_stream_listener_alloc(&l, "inproc://x"));
	SHOW(nng_stream_listener_alloc(&l, "no url"));
	MUST(nng_url_parse(&url, "tcp://127.0.0.1:1") == 0);
	SHOW(nng_stream_dialer_alloc_url(&d, url));
	nng_url_free(url);
	nng_aio_set_timeout(one, 5000);
	nng_stream_dialer_dial(d, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	SHOW(nng_aio_get_output(one, 0) == NULL);
	nng_stream_dialer_free(d);
	MUST(nng_stream_dialer_alloc(&d, "ipc:///tmp/nng-capi-nobody-listens.sock") == 0);
	nng_stream_dialer_dial(d, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	nng_stream_dialer_free(d);
	MUST(nng_stream_listener_alloc(&l, "ipc:///no/such/folder/x.sock") == 0);
	SHOW(nng_stream_listener_listen(l));
	nng_stream_listener_free(l);
}

// Members of a URL that the program has replaced count, not the text.
static void
replaced(void)
{
	nng_url *            url;
	nng_stream_listener *l;
	nng_stream_dialer *  d;
	int                  number;
	char                 port[16];
	nng_aio *            accept;

	MUST(nng_url_parse(&url, "tcp://127.0.0.1:1") == 0);
	put_member(&url->u_port, "0");
	SHOW(nng_stream_listener_alloc_url(&l, url));
	SHOW(nng_stream_listener_listen(l));
	MUST(nng_stream_listener_get_int(l, NNG_OPT_TCP_BOUND_PORT, &number) == 0);
	SHOW(number != 1);
	snprintf(port, sizeof(port), "%d", number);
	put_member(&url->u_port, port);
	put_member(&url->u_rawurl, "tcp://127.0.0.1:2");
	SHOW(nng_stream_dialer_alloc_url(&d, url));
	nng_stream_dialer_dial(d, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	nng_stream_free(nng_aio_get_output(one, 0));
	nng_stream_dialer_free(d);
	nng_stream_listener_free(l);
	nng_url_free(url);

	MUST(nng_url_parse(&url, "ipc:///no/such/folder/x.sock") == 0);
	put_member(&url->u_path, scratch("ipc") + strlen("ipc://"));
	SHOW(nng_stream_listener_alloc_url(&l, url));
	SHOW(nng_stream_listener_listen(l));
	SHOW(access(url->u_path, F_OK));
	nng_stream_listener_free(l);
	nng_url_free(url);

	// A listener has the path, whatever is left of the request's target.
	MUST(nng_url_parse(&url, "ws://127.0.0.1:0/a") == 0);
	put_member(&url->u_path, "/b");
	MUST(nng_stream_listener_alloc_url(&l, url) == 0);
	MUST(nng_stream_listener_listen(l) == 0);
	MUST(nng_stream_listener_get_int(l, NNG_OPT_TCP_BOUND_PORT, &number) == 0);
	nng_url_free(url);
	MUST(nng_aio_alloc(&accept, NULL, NULL) == 0);
	nng_stream_listener_accept(l, accept);
	for (int i = 0; i < 2; i++) {
		char text[64];
		snprintf(text, sizeof(text), "ws://127.0.0.1:%d/%c", number, 'a' + i);
		MUST(nng_stream_dialer_alloc(&d, text) == 0);
		nng_stream_dialer_dial(d, one);
		nng_aio_wait(one);
		SHOW(nng_aio_result(one));
		if (nng_aio_result(one) == 0) {
			nng_stream_free(nng_aio_get_output(one, 0));
		}
		nng_stream_dialer_free(d);
	}
	nng_aio_wait(accept);
	SHOW(nng_aio_result(accept));
	nng_stream_free(nng_aio_get_output(accept, 0));
	nng_aio_free(accept);
	nng_stream_listener_free(l);
}

int
main(void)
{
	const char *ipc = scratch("ipc");

	MUST(nng_aio_alloc(&one, NULL, NULL) == 0);
	MUST(nng_aio_alloc(&two, NULL, NULL) == 0);
	transfer("tcp://127.0.0.1:0");
	transfer(ipc);
	large();
	stream_options("tcp://127.0.0.1:0");
	stream_options(ipc);
	dialer_options();
	listener_options();
	errors();
	replaced();
	nng_aio_free(one);
	nng_aio_free(two);
	return 0;
}
