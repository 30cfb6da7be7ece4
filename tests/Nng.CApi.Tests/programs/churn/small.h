// Messages, operations of both sides, URLs, statistics, id maps, threads, and the older library's sockets.
#ifndef SMALL_H
#define SMALL_H

#include "use.h"
#include "../identity.h"

#include <nng/compat/nanomsg/nn.h>
#include <nng/compat/nanomsg/pair.h>
#include <nng/compat/nanomsg/pipeline.h>
#include <nng/supplemental/tls/tls.h>
#include <nng/supplemental/util/idhash.h>
#include <nng/supplemental/util/platform.h>

// A thread that the library has not seen before frees more messages than it may keep for itself.
static void
on_thread(void *arg)
{
	nng_msg *m[100];

	for (int i = 0; i < 100; i++) {
		GOOD(nng_msg_alloc(&m[i], 10));
	}
	for (int i = 0; i < 100; i++) {
		nng_msg_free(m[i]);
	}
	nng_msg_free(arg);
}

static void
small(int round)
{
	nng_msg *       m, *copy;
	nng_url *       url, *twin;
	nng_stat *      stats;
	nng_id_map *    map;
	nng_tls_config *config;
	nng_thread *    thread;
	uint64_t        id;
	char *          text;
	int             pair[2];

	GOOD(nng_msg_alloc(&m, 1000));
	GOOD(nng_msg_insert(m, NULL, (size_t) (round % 3000)));
	GOOD(nng_msg_header_append_u32(m, 1));
	GOOD(nng_msg_dup(&copy, m));
	nng_msg_free(m);
	if (round % 8 == 0) {
		GOOD(nng_thread_create(&thread, on_thread, copy));
		nng_thread_destroy(thread);
	} else {
		nng_msg_free(copy);
	}
	GOOD(nng_url_parse(&url, "http://user@somewhere:81/path?query#fragment"));
	GOOD(nng_url_clone(&twin, url));
	nng_url_free(url);
	nng_url_free(twin);
	GOOD(nng_stats_get(&stats));
	nng_stats_free(stats);
	GOOD(nng_id_map_alloc(&map, 0, 0, 0));
	for (int i = 0; i < 20; i++) {
		GOOD(nng_id_alloc(map, &id, &id));
	}
	nng_id_map_free(map);
	GOOD(nng_tls_config_alloc(&config, NNG_TLS_MODE_SERVER));
	GOOD(nng_tls_config_own_cert(config, certificate, key, NULL));
	GOOD(nng_tls_config_ca_chain(config, stranger, NULL));
	nng_tls_config_hold(config);
	nng_tls_config_free(config);
	nng_tls_config_free(config);
	MUST((text = nng_strdup("text")) != NULL);
	nng_strfree(text);
	GOOD(nng_socket_pair(pair));
	close(pair[0]);
	close(pair[1]);
}

static void
refuse(nng_aio *aio, void *arg, int reason)
{
	(void) arg;
	nng_aio_finish(aio, reason);
}

static void
on_done(void *arg)
{
	__atomic_add_fetch((int *) arg, 1, __ATOMIC_SEQ_CST);
}

struct repeating {
	nng_aio *aio;
	int      left;
};

// Submits itself again, and lets itself be freed at the end.
static void
repeat(void *arg)
{
	struct repeating *r = arg;

	if (--r->left > 0) {
		nng_sleep_aio(0, r->aio);
		return;
	}
	nng_aio_reap(r->aio);
	free(r);
}

static void
operations(int round)
{
	struct repeating *r = malloc(sizeof(*r));
	nng_aio *         aio;
	int               done = 0;

	GOOD(nng_aio_alloc(&aio, on_done, &done));
	// The provider's side: finished, cancelled, timed out.
	MUST(nng_aio_begin(aio));
	nng_aio_finish(aio, 0);
	nng_aio_wait(aio);
	MUST(nng_aio_begin(aio));
	nng_aio_defer(aio, refuse, NULL);
	nng_aio_abort(aio, NNG_EINTR);
	nng_aio_wait(aio);
	MUST(nng_aio_result(aio) == NNG_EINTR);
	nng_aio_set_timeout(aio, 1);
	MUST(nng_aio_begin(aio));
	nng_aio_defer(aio, refuse, NULL);
	nng_aio_wait(aio);
	MUST(nng_aio_result(aio) == NNG_ETIMEDOUT);
	nng_aio_set_timeout(aio, NNG_DURATION_INFINITE);
	nng_sleep_aio(60000, aio);
	MUST(nng_aio_busy(aio));
	switch (round % 3) {
	case 0:
		nng_aio_cancel(aio);
		nng_aio_wait(aio);
		MUST(nng_aio_result(aio) == NNG_ECANCELED && done == 4);
		break;
	case 1:
		nng_aio_stop(aio);
		MUST(!nng_aio_begin(aio) && nng_aio_result(aio) == NNG_ECANCELED);
		break;
	default:
		break;
	}
	nng_aio_free(aio);
	GOOD(nng_aio_alloc(&r->aio, repeat, r));
	r->left = 3;
	nng_sleep_aio(1, r->aio);
}

// The older library's sockets, bound and connected, with its messages and its poll.
static void
older(int round)
{
	const char *     url = scratch(round % 2 ? "inproc" : "ipc");
	struct nn_pollfd poller;
	void *           buffer;
	int              a = nn_socket(AF_SP, NN_PAIR), b = nn_socket(AF_SP, NN_PAIR), idle = nn_socket(AF_SP_RAW, NN_PULL);

	MUST(a >= 0 && b >= 0 && idle >= 0);
	MUST(nn_bind(a, url) >= 0);
	int end = nn_connect(b, url);
	MUST(end >= 0);
	buffer = nn_allocmsg(100, 0);
	memset(buffer, 1, 100);
	MUST(nn_send(b, &buffer, NN_MSG, 0) == 100);
	poller.fd     = a;
	poller.events = NN_POLLIN;
	MUST(nn_poll(&poller, 1, PATIENCE) == 1);
	MUST(nn_recv(a, &buffer, NN_MSG, 0) == 100);
	nn_freemsg(buffer);
	MUST(nn_shutdown(b, end) == 0);
	MUST(nn_close(a) == 0 && nn_close(b) == 0 && nn_close(idle) == 0);
}

#endif
