// Byte streams over tcp, ipc, TLS and WebSocket, and datagrams.
#ifndef STREAMS_H
#define STREAMS_H

#include "use.h"
#include "../identity.h"

#include <nng/supplemental/tls/tls.h>

static void
stream_vector(nng_aio *aio, void *bytes, size_t length)
{
	nng_iov iov = { bytes, length };
	GOOD(nng_aio_set_iov(aio, 1, &iov));
}

static void
stream_tls(nng_stream_listener *l, nng_stream_dialer *d)
{
	nng_tls_config *mine, *theirs;

	GOOD(nng_tls_config_alloc(&mine, NNG_TLS_MODE_SERVER));
	GOOD(nng_tls_config_own_cert(mine, certificate, key, NULL));
	GOOD(nng_stream_listener_set_ptr(l, NNG_OPT_TLS_CONFIG, mine));
	nng_tls_config_free(mine);
	GOOD(nng_tls_config_alloc(&theirs, NNG_TLS_MODE_CLIENT));
	GOOD(nng_tls_config_ca_chain(theirs, certificate, NULL));
	GOOD(nng_tls_config_server_name(theirs, "localhost"));
	GOOD(nng_stream_dialer_set_ptr(d, NNG_OPT_TLS_CONFIG, theirs));
	nng_tls_config_free(theirs);
}

static void
streams(int round)
{
	static const char *  kinds[] = { "tcp", "ipc", "tls+tcp", "ws", "wss" };
	const char *         kind    = kinds[round % 5];
	nng_stream_listener *l;
	nng_stream_dialer *  d;
	nng_stream *         a, *b;
	nng_aio *            one, *two;
	char                 url[96], text[32];
	int                  port;
	bool                 tls = is_secure(kind);

	MUST(nng_aio_alloc(&one, NULL, NULL) == 0 && nng_aio_alloc(&two, NULL, NULL) == 0);
	nng_aio_set_timeout(one, PATIENCE);
	nng_aio_set_timeout(two, PATIENCE);
	snprintf(url, sizeof(url), "%s://127.0.0.1:0", kind);
	if (strcmp(kind, "ipc") == 0) {
		snprintf(url, sizeof(url), "%s", scratch("ipc"));
	}
	GOOD(nng_stream_listener_alloc(&l, url));
	// Which port is known only when it listens, and then nothing can be set.
	if (tls) {
		snprintf(text, sizeof(text), "%s://127.0.0.1:1", kind);
		GOOD(nng_stream_dialer_alloc(&d, text));
		stream_tls(l, d);
		nng_stream_dialer_free(d);
	}
	// Many small records wait for nothing.
	nng_stream_listener_set_bool(l, NNG_OPT_TCP_NODELAY, true);
	GOOD(nng_stream_listener_listen(l));
	if (has_port(kind)) {
		GOOD(nng_stream_listener_get_int(l, NNG_OPT_TCP_BOUND_PORT, &port));
		snprintf(url, sizeof(url), "%s://127.0.0.1:%d", kind, port);
	}
	GOOD(nng_stream_dialer_alloc(&d, url));
	nng_stream_dialer_set_bool(d, NNG_OPT_TCP_NODELAY, true);
	if (tls) {
		nng_stream_listener *other;
		snprintf(text, sizeof(text), "%s://127.0.0.1:0", kind);
		GOOD(nng_stream_listener_alloc(&other, text));
		stream_tls(other, d);
		nng_stream_listener_free(other);
	}
	nng_stream_listener_accept(l, one);
	nng_stream_dialer_dial(d, two);
	nng_aio_wait(one);
	nng_aio_wait(two);
	GOOD(nng_aio_result(one));
	GOOD(nng_aio_result(two));
	MUST((a = nng_aio_get_output(one, 0)) != NULL && (b = nng_aio_get_output(two, 0)) != NULL);
	stream_vector(one, "bytes", 5);
	nng_stream_send(a, one);
	stream_vector(two, text, sizeof(text));
	nng_stream_recv(b, two);
	nng_aio_wait(one);
	nng_aio_wait(two);
	MUST(nng_aio_result(one) == 0 && nng_aio_result(two) == 0 && nng_aio_count(two) == 5);
	// A receive is cancelled, one goes with its stream.
	nng_stream_recv(b, two);
	nng_aio_cancel(two);
	nng_aio_wait(two);
	MUST(nng_aio_result(two) == NNG_ECANCELED);
	nng_stream_recv(b, two);
	nng_stream_free(b);
	nng_aio_wait(two);
	MUST(nng_aio_result(two) != 0);
	nng_stream_free(a);
	// An accept that nobody comes for.
	nng_stream_listener_accept(l, one);
	nng_stream_dialer_free(d);
	nng_stream_listener_free(l);
	nng_aio_wait(one);
	MUST(nng_aio_result(one) == NNG_ECLOSED);
	nng_aio_free(one);
	nng_aio_free(two);
}

static void
datagrams(void)
{
	nng_udp *    a, *b;
	nng_sockaddr sa = { 0 }, at;
	nng_aio *    one, *two;
	char         text[8];

	sa.s_in.sa_family = NNG_AF_INET;
	sa.s_in.sa_addr   = htonl(0x7f000001);
	MUST(nng_aio_alloc(&one, NULL, NULL) == 0 && nng_aio_alloc(&two, NULL, NULL) == 0);
	nng_aio_set_timeout(two, PATIENCE);
	GOOD(nng_udp_open(&a, &sa));
	GOOD(nng_udp_open(&b, &sa));
	GOOD(nng_udp_sockname(b, &at));
	stream_vector(one, "bytes", 5);
	GOOD(nng_aio_set_input(one, 0, &at));
	nng_udp_send(a, one);
	stream_vector(two, text, sizeof(text));
	GOOD(nng_aio_set_input(two, 0, &sa));
	nng_udp_recv(b, two);
	nng_aio_wait(one);
	nng_aio_wait(two);
	MUST(nng_aio_result(one) == 0 && nng_aio_result(two) == 0 && nng_aio_count(two) == 5);
	nng_udp_recv(b, two);
	nng_udp_close(b);
	nng_aio_wait(two);
	nng_udp_close(a);
	nng_aio_free(one);
	nng_aio_free(two);
}

#endif
