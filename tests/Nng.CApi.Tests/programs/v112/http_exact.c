// What a failed transfer says it moved is exactly what the peer got; NULL, stale and misused HTTP objects.
#include "../http_pair.h"

enum { TOTAL = 32 << 20 };

static nng_aio *one, *two;
static char *   source, *target;

static void
make_aios(void)
{
	MUST(nng_aio_alloc(&one, NULL, NULL) == 0);
	MUST(nng_aio_alloc(&two, NULL, NULL) == 0);
	nng_aio_set_timeout(one, 20000);
	nng_aio_set_timeout(two, 20000);
}

// Three elements of uneven length.
static void
gather(nng_aio *aio)
{
	nng_iov iov[3] = { { source, 1000 }, { source + 1000, 0 }, { source + 1000, TOTAL - 1000 } };
	MUST(nng_aio_set_iov(aio, 3, iov) == 0);
}

// The peer reads until the end; it got the prefix that the sender counted.
static void
arrived(nng_http_conn *b, size_t counted)
{
	pair_vector(two, target, TOTAL);
	nng_http_conn_read_all(b, two);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));
	SHOW(nng_aio_count(two) == counted);
	SHOW(memcmp(source, target, counted));
}

enum end { TIMEOUT, CANCEL, ABORT, CLOSE };

// A write that the peer does not read ends early.
static void
cut_short(enum end how)
{
	nng_http_conn *a, *b;
	size_t         counted;

	pair_make(&a, &b);
	gather(one);
	nng_aio_set_timeout(one, how == TIMEOUT ? 30 : 20000);
	nng_http_conn_write_all(a, one);
	// What stands behind it has moved nothing.
	pair_vector(pair_aio, "behind", 6);
	nng_http_conn_write_all(a, pair_aio);
	if (how != TIMEOUT) {
		// It is under way: the first bytes are here.
		pair_vector(two, target, 4096);
		nng_http_conn_read_all(b, two);
		nng_aio_wait(two);
		MUST(nng_aio_result(two) == 0);
	}
	if (how == CANCEL) {
		nng_aio_cancel(one);
	} else if (how == ABORT) {
		nng_aio_abort(one, NNG_EINTR);
	} else if (how == CLOSE) {
		nng_http_conn_close(a);
	}
	nng_aio_wait(one);
	nng_aio_wait(pair_aio);
	SHOW(nng_aio_result(one));
	counted = nng_aio_count(one);
	SHOW(counted > 0 && counted < TOTAL);
	SHOW(nng_aio_result(pair_aio));
	SHOW(nng_aio_count(pair_aio));
	if (how != TIMEOUT) {
		pair_vector(two, target + 4096, TOTAL - 4096);
		nng_http_conn_read_all(b, two);
		nng_aio_wait(two);
		SHOW(nng_aio_result(two));
		SHOW(nng_aio_count(two) + 4096 == counted);
		SHOW(memcmp(source, target, counted));
	} else {
		arrived(b, counted);
	}
	if (how != CLOSE) {
		// It has ended with its operation.
		pair_vector(one, "more", 4);
		nng_http_conn_write_all(a, one);
		nng_aio_wait(one);
		SHOW(nng_aio_result(one));
		nng_http_conn_close(a);
	}
	nng_http_conn_close(b);
	nng_aio_set_timeout(one, 20000);
}

// The peer goes away with bytes unread.
static void
reset(void)
{
	nng_http_conn *a, *b;

	pair_make(&a, &b);
	gather(one);
	nng_http_conn_write_all(a, one);
	pair_vector(two, target, 4096);
	nng_http_conn_read_all(b, two);
	nng_aio_wait(two);
	nng_http_conn_close(b);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	SHOW(nng_aio_count(one) < TOTAL);
	nng_http_conn_close(a);
}

static void
small(void)
{
	nng_http_conn *a, *b;
	nng_iov        none[2] = { { source, 0 }, { NULL, 0 } };
	nng_iov        nine[9] = { { source, 1 } };
	char           text[8] = "";

	pair_make(&a, &b);
	MUST(nng_aio_set_iov(one, 2, none) == 0);
	nng_http_conn_write_all(a, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	SHOW(nng_aio_count(one));
	SHOW(nng_aio_set_iov(one, 9, nine));

	// No time at all: nothing goes, nothing ends.
	pair_vector(one, "late", 4);
	nng_aio_set_timeout(one, 0);
	nng_http_conn_write_all(a, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	SHOW(nng_aio_count(one));
	nng_aio_set_timeout(one, 20000);
	pair_vector(one, "in time", 7);
	nng_http_conn_write_all(a, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	pair_vector(two, text, 7);
	nng_http_conn_read_all(b, two);
	nng_aio_wait(two);
	SHOW_TEXT(text);

	// A read of everything that is cut short says how much there is.
	pair_vector(one, "12345", 5);
	nng_http_conn_write_all(a, one);
	nng_aio_wait(one);
	memset(text, 0, sizeof(text));
	pair_vector(two, text, 8);
	nng_http_conn_read_all(b, two);
	nng_http_conn_close(a);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));
	SHOW(nng_aio_count(two));
	SHOW_BYTES(text, 5);
	nng_http_conn_close(b);
}

static void
misuse(void)
{
	nng_http_conn *   a, *b;
	nng_http_handler *h;
	nng_http_req *    req;
	nng_http_res *    res;
	nng_url *         url;

	SHOW(nng_http_handler_alloc(NULL, "/", pair_echo));
	SHOW(nng_http_handler_alloc(&h, "/", NULL));
	SHOW(nng_http_handler_alloc(&h, "no slash", pair_echo));
	SHOW(nng_http_handler_alloc_static(&h, "/", NULL, 5, NULL));
	SHOW(nng_http_handler_alloc_file(&h, "/", NULL));
	SHOW(nng_http_req_alloc(NULL, NULL));
	SHOW(nng_http_res_alloc(NULL));
	SHOW(nng_http_server_hold(NULL, NULL));
	SHOW(nng_http_client_alloc(NULL, NULL));
	SHOW(nng_http_server_start(NULL));
	SHOW(nng_http_hijack(NULL));
	nng_http_server_stop(NULL);
	nng_http_server_release(NULL);
	nng_http_client_free(NULL);
	nng_http_conn_close(NULL);
	nng_http_handler_free(NULL);

	MUST(nng_http_req_alloc(&req, NULL) == 0);
	MUST(nng_http_res_alloc(&res) == 0);
	SHOW(nng_http_req_set_header(req, "X-A", "split\r\nX-B: here"));
	SHOW(nng_http_req_set_header(req, "X A", "no token"));
	SHOW(nng_http_req_set_header(req, NULL, "x"));
	SHOW(nng_http_req_set_method(req, "GE T"));
	SHOW(nng_http_req_set_uri(req, "/with space"));
	SHOW(nng_http_res_set_status(res, 7));
	SHOW(nng_http_res_copy_data(res, "", 0));
	SHOW_TEXT(nng_http_res_get_header(res, "Content-Length"));
	nng_http_req_free(req);
	SHOW_TEXT(nng_http_req_get_uri(req));
	SHOW(nng_http_req_set_uri(req, "/stale"));
	nng_http_req_free(req);

	pair_make(&a, &b);
	SHOW(nng_http_hijack(a));
	SHOW(nng_http_hijack(b));
	nng_http_conn_write_res(a, NULL, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	nng_http_conn_close(a);
	pair_vector(one, "x", 1);
	nng_http_conn_write_all(a, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	nng_http_conn_transact(a, NULL, res, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	nng_http_conn_close(a);
	nng_http_conn_close(b);
	nng_http_res_free(res);

	// A handler of a server is not the program's to free.
	MUST(nng_http_handler_alloc(&h, "/mine", pair_echo) == 0);
	MUST(nng_http_server_add_handler(pair_server, h) == 0);
	nng_http_handler_free(h);
	SHOW(nng_http_server_del_handler(pair_server, h));
	nng_http_handler_free(h);
	SHOW(nng_http_server_del_handler(pair_server, h));

	// Nothing but an address and a fragment.
	MUST(nng_url_parse(&url, "http://[::1]/#part") == 0);
	MUST(nng_http_req_alloc(&req, url) == 0);
	SHOW_TEXT(nng_http_req_get_uri(req));
	SHOW_TEXT(nng_http_req_get_header(req, "Host"));
	nng_http_req_free(req);
	nng_url_free(url);
}

int
main(void)
{
	source = malloc(TOTAL);
	target = malloc(TOTAL);
	for (int i = 0; i < TOTAL; i++) {
		source[i] = (char) (i * 131 + i / 4099);
	}
	pair_start();
	make_aios();
	cut_short(TIMEOUT);
	cut_short(CANCEL);
	cut_short(ABORT);
	cut_short(CLOSE);
	reset();
	small();
	misuse();
	nng_http_server_release(pair_server);
	nng_http_client_free(pair_client);
	nng_aio_free(one);
	nng_aio_free(two);
	nng_aio_free(pair_aio);
	free(source);
	free(target);
	return 0;
}
