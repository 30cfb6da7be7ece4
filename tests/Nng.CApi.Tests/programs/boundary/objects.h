// One live object of each kind that C holds by pointer or number, and the same once it has been freed.
#ifndef OBJECTS_H
#define OBJECTS_H

#include "../check.h"

#include <nng/protocol/reqrep0/req.h>
#include <nng/supplemental/http/http.h>
#include <nng/supplemental/tls/tls.h>
#include <nng/supplemental/util/idhash.h>
#include <nng/supplemental/util/platform.h>

struct objects {
	nng_aio *            aio;
	nng_msg *            msg;
	nng_stream *         stream;
	nng_stream_dialer *  stream_dialer;
	nng_stream_listener *stream_listener;
	nng_http_req *       http_req;
	nng_http_res *       http_res;
	nng_http_server *    http_server;
	nng_http_client *    http_client;
	nng_http_conn *      http_conn;
	nng_http_handler *   http_handler;
	nng_tls_config *     tls_config;
	nng_udp *            udp;
	nng_id_map *         id_map;
	nng_socket           socket;
	nng_ctx              ctx;
	nng_dialer           dialer;
	nng_listener         listener;
	nng_pipe             pipe;
};

static void
objects_web(struct objects *o)
{
	nng_sockaddr sa;
	nng_url *    url;
	char         text[64];

	MUST(nng_url_parse(&url, "http://127.0.0.1:0/") == 0);
	MUST(nng_http_req_alloc(&o->http_req, url) == 0);
	MUST(nng_http_res_alloc(&o->http_res) == 0);
	MUST(nng_http_handler_alloc_static(&o->http_handler, "/x", "x", 1, "text/plain") == 0);
	MUST(nng_http_server_hold(&o->http_server, url) == 0);
	nng_url_free(url);
	MUST(nng_http_server_start(o->http_server) == 0);
	MUST(nng_http_server_get_addr(o->http_server, &sa) == 0);
	snprintf(text, sizeof(text), "http://127.0.0.1:%u/", ntohs(sa.s_in.sa_port));
	MUST(nng_url_parse(&url, text) == 0);
	MUST(nng_http_client_alloc(&o->http_client, url) == 0);
	nng_url_free(url);
	nng_http_client_connect(o->http_client, o->aio);
	nng_aio_wait(o->aio);
	MUST((o->http_conn = nng_aio_get_output(o->aio, 0)) != NULL);
}

static void
objects_make(struct objects *o)
{
	nng_sockaddr sa = { 0 };
	char         url[64];
	int          port;

	memset(o, 0, sizeof(*o));
	MUST(nng_aio_alloc(&o->aio, NULL, NULL) == 0);
	nng_aio_set_timeout(o->aio, 20000);
	MUST(nng_msg_alloc(&o->msg, 16) == 0);
	MUST(nng_stream_listener_alloc(&o->stream_listener, "tcp://127.0.0.1:0") == 0);
	MUST(nng_stream_listener_listen(o->stream_listener) == 0);
	MUST(nng_stream_listener_get_int(o->stream_listener, NNG_OPT_TCP_BOUND_PORT, &port) == 0);
	snprintf(url, sizeof(url), "tcp://127.0.0.1:%d", port);
	MUST(nng_stream_dialer_alloc(&o->stream_dialer, url) == 0);
	nng_stream_dialer_dial(o->stream_dialer, o->aio);
	nng_aio_wait(o->aio);
	MUST((o->stream = nng_aio_get_output(o->aio, 0)) != NULL);
	objects_web(o);
	MUST(nng_tls_config_alloc(&o->tls_config, NNG_TLS_MODE_CLIENT) == 0);
	sa.s_in.sa_family = NNG_AF_INET;
	sa.s_in.sa_addr   = htonl(0x7f000001);
	MUST(nng_udp_open(&o->udp, &sa) == 0);
	MUST(nng_id_map_alloc(&o->id_map, 0, 0, 0) == 0);
	MUST(nng_req0_open(&o->socket) == 0);
	MUST(nng_ctx_open(&o->ctx, o->socket) == 0);
	MUST(nng_socket_set_ms(o->socket, NNG_OPT_SENDTIMEO, 5) == 0);
	MUST(nng_ctx_set_ms(o->ctx, NNG_OPT_SENDTIMEO, 5) == 0);
	MUST(nng_listener_create(&o->listener, o->socket, "inproc://boundary") == 0);
	MUST(nng_dialer_create(&o->dialer, o->socket, "inproc://boundary") == 0);
	o->pipe.id = 0x7fffffff;
	nng_aio_set_timeout(o->aio, 5);
}

// What was freed before is not freed again.
static void
objects_free(struct objects *o)
{
	nng_stream_free(o->stream);
	nng_stream_dialer_free(o->stream_dialer);
	nng_stream_listener_free(o->stream_listener);
	nng_http_req_free(o->http_req);
	nng_http_res_free(o->http_res);
	nng_http_conn_close(o->http_conn);
	nng_http_client_free(o->http_client);
	nng_http_server_release(o->http_server);
	nng_http_handler_free(o->http_handler);
	nng_tls_config_free(o->tls_config);
	nng_udp_close(o->udp);
	nng_id_map_free(o->id_map);
	nng_close(o->socket);
	nng_aio_free(o->aio);
	nng_msg_free(o->msg);
}

#endif
