// Both ends of an HTTP connection: a client's, and a server's that its handler took over.
#ifndef HTTP_PAIR_H
#define HTTP_PAIR_H

#include "check.h"

#include <nng/supplemental/http/http.h>
#include <nng/supplemental/util/platform.h>

static nng_aio *        pair_aio;
static nng_http_server *pair_server;
static nng_http_client *pair_client;
static nng_mtx *        pair_lock;
static nng_cv *         pair_taken;
static nng_http_conn *  pair_conn;
static nng_http_req *   pair_req;



// Takes the connection over, with its request.
static void
pair_take(nng_aio *call)
{
	nng_http_conn *conn = nng_aio_get_input(call, 2);
	nng_http_req * req  = nng_aio_get_input(call, 0);

	MUST(nng_http_hijack(conn) == 0);
	nng_mtx_lock(pair_lock);
	pair_conn = conn;
	pair_req  = req;
	nng_cv_wake(pair_taken);
	nng_mtx_unlock(pair_lock);
	nng_aio_finish(call, 0);
}

// Answers with the request's body.
static void
pair_echo(nng_aio *call)
{
	nng_http_res *res;
	void *        data;
	size_t        size;

	nng_http_req_get_data(nng_aio_get_input(call, 0), &data, &size);
	MUST(nng_http_res_alloc(&res) == 0);
	if (size == 0) {
		MUST(nng_http_res_copy_data(res, "nothing", 7) == 0);
	} else {
		MUST(nng_http_res_copy_data(res, data, size) == 0);
	}
	nng_aio_set_output(call, 0, res);
	nng_aio_finish(call, 0);
}

static void
pair_start(void)
{
	nng_http_handler *h;
	nng_sockaddr      sa;
	nng_url *         url;
	char              text[64];

	MUST(nng_mtx_alloc(&pair_lock) == 0);
	MUST(nng_cv_alloc(&pair_taken, pair_lock) == 0);
	MUST(nng_aio_alloc(&pair_aio, NULL, NULL) == 0);
	nng_aio_set_timeout(pair_aio, 10000);
	MUST(nng_url_parse(&url, "http://127.0.0.1:0") == 0);
	MUST(nng_http_server_hold(&pair_server, url) == 0);
	nng_url_free(url);
	MUST(nng_http_handler_alloc(&h, "/take", pair_take) == 0);
	MUST(nng_http_server_add_handler(pair_server, h) == 0);
	MUST(nng_http_handler_alloc(&h, "/echo", pair_echo) == 0);
	MUST(nng_http_handler_set_method(h, NULL) == 0);
	MUST(nng_http_server_add_handler(pair_server, h) == 0);
	MUST(nng_http_server_start(pair_server) == 0);
	MUST(nng_http_server_get_addr(pair_server, &sa) == 0);
	snprintf(text, sizeof(text), "http://127.0.0.1:%u", ntohs(sa.s_in.sa_port));
	MUST(nng_url_parse(&url, text) == 0);
	MUST(nng_http_client_alloc(&pair_client, url) == 0);
	nng_url_free(url);
}

static nng_http_conn *
pair_connect(void)
{
	nng_http_client_connect(pair_client, pair_aio);
	nng_aio_wait(pair_aio);
	MUST(nng_aio_result(pair_aio) == 0);
	return nng_aio_get_output(pair_aio, 0);
}

// A new connection whose other end is in hand, after one request.
static void
pair_make(nng_http_conn **near, nng_http_conn **far)
{
	nng_http_req *req;

	*near = pair_connect();
	MUST(nng_http_req_alloc(&req, NULL) == 0);
	MUST(nng_http_req_set_uri(req, "/take") == 0);
	MUST(nng_http_req_set_header(req, "Host", "localhost") == 0);
	pair_conn = NULL;
	nng_http_conn_write_req(*near, req, pair_aio);
	nng_aio_wait(pair_aio);
	MUST(nng_aio_result(pair_aio) == 0);
	nng_http_req_free(req);
	nng_mtx_lock(pair_lock);
	while (pair_conn == NULL) {
		nng_cv_wait(pair_taken);
	}
	*far = pair_conn;
	nng_mtx_unlock(pair_lock);
	nng_http_req_free(pair_req);
}

static void
pair_vector(nng_aio *aio, void *bytes, size_t length)
{
	nng_iov iov = { .iov_buf = bytes, .iov_len = length };
	MUST(nng_aio_set_iov(aio, 1, &iov) == 0);
}

#endif
