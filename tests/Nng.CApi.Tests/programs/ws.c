// WebSocket: streams and sockets over it, their options and headers, who is refused.
#include "check.h"

#include <nng/protocol/pair0/pair.h>
#include <nng/protocol/pipeline0/pull.h>
#include <nng/protocol/pipeline0/push.h>
#include <nng/protocol/reqrep0/rep.h>
#include <nng/protocol/reqrep0/req.h>
#include <nng/transport/ws/websocket.h>

static nng_aio *one, *two;

// An address nobody else uses; the fixed range lies below the system's own ports.
static const char *
address(const char *path)
{
	static char url[4][96];
	static int  count;
	char *      out = url[count % 4];

	snprintf(out, sizeof(url[0]), "ws://127.0.0.1:%d%s", 10000 + (int) ((getpid() * 7 + count++) % 20000), path);
	return (out);
}

static void
vector(nng_aio *aio, void *bytes, size_t length)
{
	nng_iov iov = { .iov_buf = bytes, .iov_len = length };
	MUST(nng_aio_set_iov(aio, 1, &iov) == 0);
}

static void
shake(nng_stream_listener *l, nng_stream_dialer *d, nng_stream **dialled, nng_stream **accepted)
{
	nng_stream_listener_accept(l, one);
	nng_stream_dialer_dial(d, two);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	MUST((*accepted = nng_aio_get_output(one, 0)) != NULL);
	MUST((*dialled = nng_aio_get_output(two, 0)) != NULL);
}

static void
endpoint_options(void)
{
	nng_stream_listener *l;
	nng_stream_dialer *  d;
	bool                 flag;
	size_t               size;
	char *               text;
	int                  number;

	MUST(nng_stream_dialer_alloc(&d, address("/options")) == 0);
	MUST(nng_stream_listener_alloc(&l, address("/options")) == 0);
	SHOW(nng_stream_dialer_get_bool(d, NNG_OPT_WS_SEND_TEXT, &flag));
	SHOW(flag);
	SHOW(nng_stream_dialer_set_bool(d, NNG_OPT_WS_SEND_TEXT, true));
	SHOW(nng_stream_dialer_get_bool(d, NNG_OPT_WS_SEND_TEXT, &flag));
	SHOW(flag);
	SHOW(nng_stream_listener_set_bool(l, NNG_OPT_WS_RECV_TEXT, true));
	SHOW(nng_stream_listener_get_bool(l, NNG_OPT_WS_RECV_TEXT, &flag));
	SHOW(flag);
	SHOW(nng_stream_dialer_set_int(d, NNG_OPT_WS_RECV_TEXT, 1));
	SHOW(nng_stream_dialer_set_size(d, NNG_OPT_WS_SENDMAXFRAME, 1000));
	SHOW(nng_stream_dialer_get_size(d, NNG_OPT_WS_SENDMAXFRAME, &size));
	SHOW(size);
	SHOW(nng_stream_listener_get_size(l, NNG_OPT_WS_SENDMAXFRAME, &size));
	SHOW(size);
	SHOW(nng_stream_listener_get_size(l, NNG_OPT_WS_RECVMAXFRAME, &size));
	SHOW(size);
	SHOW(nng_stream_listener_set_size(l, NNG_OPT_WS_RECVMAXFRAME, 0));
	SHOW(nng_stream_listener_get_size(l, NNG_OPT_WS_RECVMAXFRAME, &size));
	SHOW(size);
	SHOW(nng_stream_listener_set_size(l, NNG_OPT_RECVMAXSZ, 77));
	SHOW(nng_stream_listener_get_size(l, NNG_OPT_RECVMAXSZ, &size));
	SHOW(size);
	SHOW(nng_stream_dialer_set_string(d, NNG_OPT_WS_REQUEST_HEADER "X-One", "1"));
	SHOW(nng_stream_dialer_get_string(d, NNG_OPT_WS_REQUEST_HEADER "X-One", &text));
	SHOW(nng_stream_dialer_get_string(d, "no-such", &text));
	SHOW(nng_stream_listener_get_int(l, NNG_OPT_TCP_BOUND_PORT, &number));
	nng_stream_listener_free(l);
	nng_stream_dialer_free(d);
}

static void
transfer(void)
{
	const char *         url = address("/stream");
	nng_stream_listener *l;
	nng_stream_dialer *  d;
	nng_stream *         a, *b;
	nng_sockaddr         sa;
	char                 bytes[64];
	char *               text;
	bool                 flag;

	MUST(nng_stream_listener_alloc(&l, url) == 0);
	MUST(nng_stream_listener_listen(l) == 0);
	SHOW(nng_stream_listener_listen(l));
	MUST(nng_stream_dialer_alloc(&d, url) == 0);
	SHOW(nng_stream_dialer_set_string(d, NNG_OPT_WS_REQUEST_HEADERS, "X-One: 1\r\nX-Two: 2"));
	shake(l, d, &a, &b);
	SHOW(nng_stream_get_string(b, NNG_OPT_WS_REQUEST_HEADER "X-One", &text));
	SHOW_TEXT(text);
	nng_strfree(text);
	SHOW(nng_stream_get_string(a, NNG_OPT_WS_REQUEST_HEADER "x-two", &text));
	SHOW_TEXT(text);
	nng_strfree(text);
	SHOW(nng_stream_get_string(a, NNG_OPT_WS_RESPONSE_HEADER "upgrade", &text));
	SHOW_TEXT(text);
	nng_strfree(text);
	SHOW(nng_stream_get_string(a, NNG_OPT_WS_RESPONSE_HEADER "X-No", &text));
	SHOW(nng_stream_get_string(b, NNG_OPT_WS_REQUEST_URI, &text));
	SHOW_TEXT(text);
	nng_strfree(text);
	SHOW(nng_stream_set_string(b, NNG_OPT_WS_REQUEST_HEADERS, "X: y"));
	SHOW(nng_stream_get_addr(a, NNG_OPT_REMADDR, &sa));
	SHOW(sa.s_family);
	SHOW(nng_stream_get_bool(a, NNG_OPT_WS_SEND_TEXT, &flag));
	SHOW(flag);

	vector(one, "hello", 5);
	nng_stream_send(a, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	SHOW(nng_aio_count(one));
	memset(bytes, 0, sizeof(bytes));
	vector(two, bytes, 3);
	nng_stream_recv(b, two);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));
	SHOW(nng_aio_count(two));
	vector(two, bytes + 3, 30);
	nng_stream_recv(b, two);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));
	SHOW(nng_aio_count(two));
	SHOW_TEXT(bytes);

	// The end is "closed", whoever wanted it.
	vector(two, bytes, sizeof(bytes));
	nng_stream_recv(b, two);
	nng_stream_close(a);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));
	vector(one, bytes, 1);
	nng_stream_recv(a, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	nng_stream_free(a);
	nng_stream_free(b);

	// Nobody serves that path; nobody is there.
	nng_stream_dialer_free(d);
	snprintf(bytes, sizeof(bytes), "%.*s/other", (int) (strrchr(url, '/') - url), url);
	MUST(nng_stream_dialer_alloc(&d, bytes) == 0);
	nng_stream_dialer_dial(d, two);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));
	nng_stream_listener_close(l);
	nng_stream_listener_free(l);
	nng_stream_dialer_dial(d, two);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));
	nng_stream_dialer_free(d);
}

static void
sockets(void)
{
	const char * url = address("/sockets");
	nng_socket   rep, req, push;
	nng_listener l;
	nng_dialer   d;
	nng_msg *    m;
	nng_pipe     p;
	char         bytes[16];
	char *       text;
	size_t       size = sizeof(bytes);

	SHOW(nng_ws_register());
	MUST(nng_rep0_open(&rep) == 0);
	MUST(nng_req0_open(&req) == 0);
	MUST(nng_push0_open(&push) == 0);
	MUST(nng_socket_set_ms(rep, NNG_OPT_RECVTIMEO, 5000) == 0);
	MUST(nng_socket_set_ms(req, NNG_OPT_RECVTIMEO, 5000) == 0);
	SHOW(nng_listener_create(&l, rep, url));
	SHOW(nng_listener_set_size(l, NNG_OPT_WS_SENDMAXFRAME, 3));
	SHOW(nng_listener_start(l, 0));
	SHOW(nng_dialer_create(&d, req, url));
	SHOW(nng_dialer_set_string(d, NNG_OPT_WS_REQUEST_HEADER "X-Who", "me"));
	SHOW(nng_dialer_start(d, 0));
	SHOW(nng_send(req, "question", 9, 0));
	SHOW(nng_recvmsg(rep, &m, 0));
	SHOW_TEXT(nng_msg_body(m));
	p = nng_msg_get_pipe(m);
	SHOW(nng_pipe_get_string(p, NNG_OPT_WS_REQUEST_HEADER "X-Who", &text));
	SHOW_TEXT(text);
	nng_strfree(text);
	nng_msg_clear(m);
	MUST(nng_msg_append(m, "answer, in pieces", 15) == 0);
	SHOW(nng_sendmsg(rep, m, 0));
	SHOW(nng_recv(req, bytes, &size, 0));
	SHOW(size);
	SHOW_BYTES(bytes, size);

	// Another protocol is refused by its name; a second listener finds the path taken.
	SHOW(nng_dial(push, url, NULL, 0));
	SHOW(nng_listen(push, url, NULL, 0));
	SHOW(nng_dial(push, "ws://", NULL, 0));
	nng_close(push);
	nng_close(req);
	nng_close(rep);
}

int
main(void)
{
	MUST(nng_aio_alloc(&one, NULL, NULL) == 0);
	MUST(nng_aio_alloc(&two, NULL, NULL) == 0);
	nng_aio_set_timeout(one, 5000);
	nng_aio_set_timeout(two, 5000);
	endpoint_options();
	transfer();
	sockets();
	nng_aio_free(one);
	nng_aio_free(two);
	return (0);
}
