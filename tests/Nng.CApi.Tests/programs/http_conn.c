// HTTP connections, both ends in hand: bytes, vectors, messages, exchanges, and how operations end.
#include "http_pair.h"

static nng_aio *one, *two;

#define ENDED(aio)                           \
	do {                                 \
		nng_aio_wait(aio);           \
		SHOW(nng_aio_result(aio));   \
	} while (0)

static void
bytes(void)
{
	nng_http_conn *a, *b;
	char           text[64] = "";
	nng_iov        iov[8];

	pair_make(&a, &b);
	pair_vector(one, "hello", 5);
	nng_http_conn_write(a, one);
	ENDED(one);
	SHOW(nng_aio_count(one));
	pair_vector(two, text, sizeof(text));
	nng_http_conn_read(b, two);
	ENDED(two);
	SHOW(nng_aio_count(two));
	SHOW_TEXT(text);

	// Eight elements, one of them empty, gathered and scattered.
	for (int i = 0; i < 8; i++) {
		iov[i].iov_buf = "abcdefgh" + i;
		iov[i].iov_len = i == 3 ? 0 : 1;
	}
	MUST(nng_aio_set_iov(one, 8, iov) == 0);
	nng_http_conn_write_all(b, one);
	ENDED(one);
	SHOW(nng_aio_count(one));
	memset(text, 0, sizeof(text));
	iov[0].iov_buf = text;
	iov[0].iov_len = 3;
	iov[1].iov_buf = text + 3;
	iov[1].iov_len = 4;
	MUST(nng_aio_set_iov(two, 2, iov) == 0);
	nng_http_conn_read_all(a, two);
	ENDED(two);
	SHOW(nng_aio_count(two));
	SHOW_TEXT(text);

	// A read of everything waits for the last byte.
	memset(text, 0, sizeof(text));
	pair_vector(two, text, 10);
	nng_http_conn_read_all(a, two);
	pair_vector(one, "01234", 5);
	nng_http_conn_write_all(b, one);
	ENDED(one);
	pair_vector(one, "56789", 5);
	nng_http_conn_write_all(b, one);
	ENDED(one);
	ENDED(two);
	SHOW(nng_aio_count(two));
	SHOW_TEXT(text);
	nng_http_conn_close(a);
	nng_http_conn_close(b);
}

static void
large(void)
{
	enum { PART = 1 << 20 };
	nng_http_conn *a, *b;
	char *         source = malloc(3 * PART), *target = malloc(3 * PART);
	nng_iov        iov[3];

	for (int i = 0; i < 3 * PART; i++) {
		source[i] = (char) (i * 31);
	}
	for (int i = 0; i < 3; i++) {
		iov[i].iov_buf = source + i * PART;
		iov[i].iov_len = PART;
	}
	pair_make(&a, &b);
	MUST(nng_aio_set_iov(one, 3, iov) == 0);
	pair_vector(two, target, 3 * PART);
	nng_http_conn_write_all(a, one);
	nng_http_conn_read_all(b, two);
	ENDED(one);
	SHOW(nng_aio_count(one));
	ENDED(two);
	SHOW(nng_aio_count(two));
	SHOW(memcmp(source, target, 3 * PART));
	nng_http_conn_close(a);
	nng_http_conn_close(b);
	free(source);
	free(target);
}

static void
messages(void)
{
	nng_http_conn *a, *b;
	nng_http_req * req;
	nng_http_res * res;
	char           body[8] = "";

	pair_make(&a, &b);
	MUST(nng_http_req_alloc(&req, NULL) == 0);
	MUST(nng_http_res_alloc(&res) == 0);
	MUST(nng_http_req_set_method(req, "PATCH") == 0);
	MUST(nng_http_req_set_uri(req, "/some/where?with=query") == 0);
	MUST(nng_http_req_set_header(req, "X-Kind", "request") == 0);
	MUST(nng_http_req_copy_data(req, "content", 7) == 0);
	nng_http_conn_write_req(a, req, one);
	ENDED(one);
	nng_http_req_reset(req);
	nng_http_conn_read_req(b, req, two);
	ENDED(two);
	SHOW_TEXT(nng_http_req_get_method(req));
	SHOW_TEXT(nng_http_req_get_uri(req));
	SHOW_TEXT(nng_http_req_get_version(req));
	SHOW_TEXT(nng_http_req_get_header(req, "x-kind"));
	SHOW_TEXT(nng_http_req_get_header(req, "Content-Length"));
	// The body was left to be read.
	pair_vector(two, body, 7);
	nng_http_conn_read_all(b, two);
	ENDED(two);
	SHOW(nng_aio_count(two));
	SHOW_TEXT(body);

	MUST(nng_http_res_set_status(res, NNG_HTTP_STATUS_ACCEPTED) == 0);
	MUST(nng_http_res_set_header(res, "X-Kind", "response") == 0);
	MUST(nng_http_res_copy_data(res, "answer", 6) == 0);
	nng_http_conn_write_res(b, res, one);
	ENDED(one);
	nng_http_res_reset(res);
	nng_http_conn_read_res(a, res, two);
	ENDED(two);
	SHOW(nng_http_res_get_status(res));
	SHOW_TEXT(nng_http_res_get_reason(res));
	SHOW_TEXT(nng_http_res_get_header(res, "X-Kind"));
	memset(body, 0, sizeof(body));
	pair_vector(two, body, 6);
	nng_http_conn_read(a, two);
	ENDED(two);
	SHOW_TEXT(body);

	// No target: nothing can be sent.
	nng_http_req_reset(req);
	nng_http_conn_write_req(a, req, one);
	ENDED(one);

	// What is no message.
	nng_http_conn_close(a);
	nng_http_conn_close(b);
	pair_make(&a, &b);
	pair_vector(one, "this is no response\r\n\r\n", 23);
	nng_http_conn_write_all(b, one);
	ENDED(one);
	nng_http_conn_read_res(a, res, two);
	ENDED(two);
	nng_http_conn_close(a);
	nng_http_conn_close(b);
	nng_http_req_free(req);
	nng_http_res_free(res);
}

static void
exchanges(void)
{
	nng_http_conn *a = pair_connect();
	nng_http_req * req;
	nng_http_res * res;
	void *         data;
	size_t         size;

	MUST(nng_http_req_alloc(&req, NULL) == 0);
	MUST(nng_http_res_alloc(&res) == 0);
	MUST(nng_http_req_set_header(req, "Host", "localhost") == 0);
	MUST(nng_http_req_set_uri(req, "/echo") == 0);
	for (int i = 0; i < 3; i++) {
		char body[32];
		snprintf(body, sizeof(body), "body %d", i);
		MUST(nng_http_req_set_method(req, "POST") == 0);
		MUST(nng_http_req_copy_data(req, body, strlen(body)) == 0);
		nng_http_conn_transact(a, req, res, one);
		ENDED(one);
		SHOW(nng_http_res_get_status(res));
		nng_http_res_get_data(res, &data, &size);
		printf("%.*s\n", (int) size, (char *) data);
	}
	MUST(nng_http_req_set_uri(req, "/nowhere") == 0);
	nng_http_conn_transact(a, req, res, one);
	ENDED(one);
	SHOW(nng_http_res_get_status(res));
	nng_http_conn_close(a);
	nng_http_req_free(req);
	nng_http_res_free(res);
}

// A connection serves as many requests as come.
static void
many(void)
{
	nng_http_conn *a = pair_connect();
	nng_http_req * req;
	nng_http_res * res;
	int            answered = 0;

	MUST(nng_http_req_alloc(&req, NULL) == 0);
	MUST(nng_http_res_alloc(&res) == 0);
	MUST(nng_http_req_set_header(req, "Host", "localhost") == 0);
	MUST(nng_http_req_set_uri(req, "/echo") == 0);
	for (int i = 0; i < 1500; i++) {
		nng_http_conn_transact(a, req, res, one);
		nng_aio_wait(one);
		if (nng_aio_result(one) != 0 || nng_http_res_get_status(res) != 200) {
			break;
		}
		answered++;
	}
	SHOW(answered);
	SHOW_TEXT(nng_http_res_get_header(res, "Connection"));
	nng_http_conn_close(a);
	nng_http_req_free(req);
	nng_http_res_free(res);
}

static void
endings(void)
{
	nng_http_conn *a, *b;
	char           text[16];

	// The peer's end.
	pair_make(&a, &b);
	pair_vector(two, text, sizeof(text));
	nng_http_conn_read(a, two);
	nng_http_conn_close(b);
	ENDED(two);
	SHOW(nng_aio_count(two));
	nng_http_conn_close(a);

	// A timeout, a cancel, an abort.
	pair_make(&a, &b);
	nng_aio_set_timeout(two, 10);
	nng_http_conn_read(a, two);
	ENDED(two);
	nng_http_conn_close(a);
	nng_http_conn_close(b);
	nng_aio_set_timeout(two, 10000);
	pair_make(&a, &b);
	nng_http_conn_read_all(a, two);
	nng_aio_cancel(two);
	ENDED(two);
	nng_http_conn_close(a);
	nng_http_conn_close(b);
	pair_make(&a, &b);
	nng_http_conn_read(a, two);
	nng_aio_abort(two, NNG_EINTR);
	ENDED(two);
	nng_http_conn_close(a);
	nng_http_conn_close(b);

	// The end comes in the middle of what was to be read whole.
	pair_make(&a, &b);
	pair_vector(one, "half", 4);
	nng_http_conn_write_all(b, one);
	ENDED(one);
	pair_vector(two, text, 8);
	nng_http_conn_read_all(a, two);
	nng_http_conn_close(b);
	ENDED(two);
	nng_http_conn_close(a);
}

int
main(void)
{
	pair_start();
	MUST(nng_aio_alloc(&one, NULL, NULL) == 0);
	MUST(nng_aio_alloc(&two, NULL, NULL) == 0);
	nng_aio_set_timeout(one, 10000);
	nng_aio_set_timeout(two, 10000);
	bytes();
	large();
	messages();
	exchanges();
	many();
	endings();
	nng_http_server_release(pair_server);
	nng_http_client_free(pair_client);
	nng_aio_free(one);
	nng_aio_free(two);
	nng_aio_free(pair_aio);
	return 0;
}
