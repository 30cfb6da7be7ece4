// HTTP: servers with handlers of every kind, clients, connections, requests and responses; plain and over TLS.
#ifndef WEB_H
#define WEB_H

#include "use.h"
#include "../identity.h"

#include <nng/supplemental/http/http.h>
#include <nng/supplemental/tls/tls.h>
#include <nng/supplemental/util/platform.h>

// A connection that its handler took over.
static struct taken {
	nng_mtx *      lock;
	nng_cv *       changed;
	nng_http_conn *conn;
	nng_http_req * req;
} taken;

static void
web_take(nng_aio *call)
{
	nng_http_conn *conn = nng_aio_get_input(call, 2);

	GOOD(nng_http_hijack(conn));
	nng_mtx_lock(taken.lock);
	taken.conn = conn;
	taken.req  = nng_aio_get_input(call, 0);
	nng_cv_wake(taken.changed);
	nng_mtx_unlock(taken.lock);
	nng_aio_finish(call, 0);
}

static void
web_answer(nng_aio *call)
{
	nng_http_res *res;
	const char *  agent = nng_http_req_get_header(nng_aio_get_input(call, 0), "X-Agent");

	GOOD(nng_http_res_alloc(&res));
	GOOD(nng_http_res_copy_data(res, agent, strlen(agent)));
	nng_aio_set_output(call, 0, res);
	nng_aio_finish(call, 0);
}

static void
web_add(nng_http_server *server, nng_http_handler *h)
{
	GOOD(nng_http_server_add_handler(server, h));
}

// Every kind of handler; one is taken away again.
static void
web_handlers(nng_http_server *server)
{
	nng_http_handler *h;

	GOOD(nng_http_handler_alloc(&h, "/answer", web_answer));
	GOOD(nng_http_handler_set_data(h, malloc(100), free));
	web_add(server, h);
	GOOD(nng_http_handler_alloc(&h, "/take", web_take));
	web_add(server, h);
	GOOD(nng_http_handler_alloc_static(&h, "/static", "fixed", 5, "text/plain"));
	web_add(server, h);
	GOOD(nng_http_handler_alloc_redirect(&h, "/from", 0, "/static"));
	web_add(server, h);
	GOOD(nng_http_handler_alloc_file(&h, "/file", "/proc/self/comm"));
	web_add(server, h);
	GOOD(nng_http_handler_alloc_directory(&h, "/directory", "/etc"));
	web_add(server, h);
	GOOD(nng_http_handler_alloc(&h, "/dropped", web_answer));
	GOOD(nng_http_handler_set_tree(h));
	web_add(server, h);
	GOOD(nng_http_server_del_handler(server, h));
	nng_http_handler_free(h);
	GOOD(nng_http_server_set_error_page(server, 404, "<p>nowhere</p>"));
}

static void
web_ask(nng_http_client *client, nng_url *url, nng_aio *aio, const char *uri, unsigned status)
{
	nng_http_req *req;
	nng_http_res *res;

	MUST(nng_http_req_alloc(&req, url) == 0 && nng_http_res_alloc(&res) == 0);
	GOOD(nng_http_req_set_uri(req, uri));
	GOOD(nng_http_req_set_header(req, "X-Agent", "churn"));
	nng_http_client_transact(client, req, res, aio);
	nng_aio_wait(aio);
	if (nng_aio_result(aio) != 0 || nng_http_res_get_status(res) != status) {
		printf("%s%s: %s, status %u\n", url->u_rawurl, uri, nng_strerror(nng_aio_result(aio)), nng_http_res_get_status(res));
		exit(1);
	}
	nng_http_req_free(req);
	nng_http_res_free(res);
}

// Both ends of a connection in hand: bytes cross, a read is cancelled, another goes with its connection.
static void
web_connection(nng_http_client *client, nng_url *url, nng_aio *aio)
{
	nng_http_conn *near;
	nng_http_req * req;
	nng_aio *      other;
	char           text[8];

	MUST(nng_mtx_alloc(&taken.lock) == 0 && nng_cv_alloc(&taken.changed, taken.lock) == 0);
	GOOD(nng_aio_alloc(&other, NULL, NULL));
	taken.conn = NULL;
	nng_http_client_connect(client, aio);
	nng_aio_wait(aio);
	MUST((near = nng_aio_get_output(aio, 0)) != NULL);
	MUST(nng_http_req_alloc(&req, url) == 0 && nng_http_req_set_uri(req, "/take") == 0);
	nng_http_conn_write_req(near, req, aio);
	nng_aio_wait(aio);
	GOOD(nng_aio_result(aio));
	nng_http_req_free(req);
	nng_mtx_lock(taken.lock);
	while (taken.conn == NULL) {
		nng_cv_wait(taken.changed);
	}
	nng_mtx_unlock(taken.lock);
	nng_http_req_free(taken.req);

	nng_iov iov = { "bytes", 5 };
	GOOD(nng_aio_set_iov(aio, 1, &iov));
	nng_http_conn_write_all(taken.conn, aio);
	iov.iov_buf = text;
	GOOD(nng_aio_set_iov(other, 1, &iov));
	nng_http_conn_read_all(near, other);
	nng_aio_wait(aio);
	nng_aio_wait(other);
	MUST(nng_aio_result(aio) == 0 && nng_aio_result(other) == 0 && nng_aio_count(other) == 5);
	nng_http_conn_read(near, other);
	nng_aio_cancel(other);
	nng_aio_wait(other);
	MUST(nng_aio_result(other) == NNG_ECANCELED);
	nng_http_conn_read(near, other);
	nng_http_conn_close(near);
	nng_aio_wait(other);
	MUST(nng_aio_result(other) != 0);
	nng_http_conn_close(taken.conn);
	nng_aio_free(other);
	nng_cv_free(taken.changed);
	nng_mtx_free(taken.lock);
}

static void
web(int round)
{
	bool             tls = round % 4 == 3;
	nng_http_server *server;
	nng_http_client *client;
	nng_tls_config * mine, *theirs;
	nng_sockaddr     sa;
	nng_url *        url;
	nng_aio *        aio;
	char             text[64];

	GOOD(nng_aio_alloc(&aio, NULL, NULL));
	nng_aio_set_timeout(aio, PATIENCE);
	GOOD(nng_url_parse(&url, tls ? "https://127.0.0.1:0" : "http://127.0.0.1:0"));
	GOOD(nng_http_server_hold(&server, url));
	nng_url_free(url);
	if (tls) {
		GOOD(nng_tls_config_alloc(&mine, NNG_TLS_MODE_SERVER));
		GOOD(nng_tls_config_own_cert(mine, certificate, key, NULL));
		GOOD(nng_http_server_set_tls(server, mine));
		nng_tls_config_free(mine);
	}
	web_handlers(server);
	GOOD(nng_http_server_start(server));
	GOOD(nng_http_server_get_addr(server, &sa));
	snprintf(text, sizeof(text), "%s://127.0.0.1:%u/", tls ? "https" : "http", ntohs(sa.s_in.sa_port));
	GOOD(nng_url_parse(&url, text));
	GOOD(nng_http_client_alloc(&client, url));
	if (tls) {
		GOOD(nng_tls_config_alloc(&theirs, NNG_TLS_MODE_CLIENT));
		GOOD(nng_tls_config_ca_chain(theirs, certificate, NULL));
		GOOD(nng_tls_config_server_name(theirs, "localhost"));
		GOOD(nng_http_client_set_tls(client, theirs));
		nng_tls_config_free(theirs);
	}
	web_ask(client, url, aio, "/answer", 200);
	web_ask(client, url, aio, "/static", 200);
	web_ask(client, url, aio, "/from", 301);
	web_ask(client, url, aio, "/file", 200);
	web_ask(client, url, aio, "/directory/hostname", 200);
	web_ask(client, url, aio, "/nowhere", 404);
	web_connection(client, url, aio);
	nng_http_client_free(client);
	nng_url_free(url);
	if (round % 2) {
		nng_http_server_stop(server);
	}
	nng_http_server_release(server);
	nng_aio_free(aio);
}

#endif
