// Sockets of every protocol over every transport, with their endpoints, pipes, contexts and poll descriptors.
#ifndef SOCKETS_H
#define SOCKETS_H

#include "use.h"
#include "../identity.h"

#include <limits.h>
#include <poll.h>

#include <nng/protocol/bus0/bus.h>
#include <nng/protocol/pair0/pair.h>
#include <nng/protocol/pair1/pair.h>
#include <nng/protocol/pipeline0/pull.h>
#include <nng/protocol/pipeline0/push.h>
#include <nng/protocol/pubsub0/pub.h>
#include <nng/protocol/pubsub0/sub.h>
#include <nng/protocol/reqrep0/rep.h>
#include <nng/protocol/reqrep0/req.h>
#include <nng/protocol/survey0/respond.h>
#include <nng/protocol/survey0/survey.h>
#include <nng/supplemental/tls/tls.h>
#include <nng/supplemental/util/platform.h>

typedef int (*opener)(nng_socket *);

static const struct {
	opener talks;
	opener hears;
	bool   answers;
	bool   contexts;
} patterns[] = {
	{ nng_pair0_open, nng_pair0_open, true, false },
	{ nng_pair1_open, nng_pair1_open, true, false },
	{ nng_pair1_open_poly, nng_pair1_open, true, false },
	{ nng_push0_open, nng_pull0_open, false, false },
	{ nng_pub0_open, nng_sub0_open, false, false },
	{ nng_req0_open, nng_rep0_open, true, true },
	{ nng_surveyor0_open, nng_respondent0_open, true, true },
	{ nng_bus0_open, nng_bus0_open, true, false },
};

static const opener raw[] = { nng_pair0_open_raw, nng_pair1_open_raw, nng_push0_open_raw, nng_pull0_open_raw,
	nng_pub0_open_raw, nng_sub0_open_raw, nng_req0_open_raw, nng_rep0_open_raw, nng_surveyor0_open_raw,
	nng_respondent0_open_raw, nng_bus0_open_raw };

static const char *transports[] = { "inproc", "tcp", "ipc", "tls+tcp", "ws", "wss" };

// The pipes of two sockets: how many could be used, and how many are there. One that comes while another is going may be
// turned away: it is there for a moment and never of use.
static struct meeting {
	nng_mtx *lock;
	nng_cv * changed;
	int      attached;
	int      present;
} meeting;

static void
on_pipe(nng_pipe p, nng_pipe_ev event, void *arg)
{
	struct meeting *m = arg;
	nng_sockaddr    sa;

	MUST(nng_pipe_id(p) > 0);
	nng_pipe_get_addr(p, NNG_OPT_REMADDR, &sa);
	MUST(nng_socket_id(nng_pipe_socket(p)) > 0);
	nng_mtx_lock(m->lock);
	m->attached += event == NNG_PIPE_EV_ADD_POST;
	m->present += event == NNG_PIPE_EV_ADD_PRE ? 1 : event == NNG_PIPE_EV_REM_POST ? -1 : 0;
	nng_cv_wake(m->changed);
	nng_mtx_unlock(m->lock);
}

static void
await_number(int *number, int least, int most)
{
	nng_time end = nng_clock() + PATIENCE;

	nng_mtx_lock(meeting.lock);
	while (*number < least || *number > most) {
		GOOD(nng_cv_until(meeting.changed, end));
	}
	nng_mtx_unlock(meeting.lock);
}

static void
prepare(nng_socket s)
{
	for (int event = NNG_PIPE_EV_ADD_PRE; event <= NNG_PIPE_EV_REM_POST; event++) {
		GOOD(nng_pipe_notify(s, (nng_pipe_ev) event, on_pipe, &meeting));
	}
	GOOD(nng_socket_set_ms(s, NNG_OPT_RECVTIMEO, PATIENCE));
	nng_socket_set_ms(s, NNG_OPT_SENDTIMEO, PATIENCE);
	nng_socket_set_ms(s, NNG_OPT_SURVEYOR_SURVEYTIME, PATIENCE);
}

// A listener and a dialer, with configurations of their own where the transport is TLS.
static void
connect_sockets(nng_socket near, nng_socket far, const char *scheme)
{
	nng_listener    l;
	nng_dialer      d;
	nng_tls_config *mine, *theirs;
	const nng_url * lent;
	const char *    url = scratch(scheme);
	char            real[96];
	char *          text;
	int             port;
	bool            tls = is_secure(scheme);

	snprintf(real, sizeof(real), "%s://127.0.0.1:0", scheme);
	GOOD(nng_listener_create(&l, near, has_port(scheme) ? real : url));
	if (tls) {
		GOOD(nng_tls_config_alloc(&mine, NNG_TLS_MODE_SERVER));
		GOOD(nng_tls_config_own_cert(mine, certificate, key, NULL));
		GOOD(nng_listener_set_ptr(l, NNG_OPT_TLS_CONFIG, mine));
		nng_tls_config_free(mine);
	}
	GOOD(nng_listener_start(l, 0));
	GOOD(nng_listener_get_url(l, &lent));
	GOOD(nng_listener_get_string(l, NNG_OPT_URL, &text));
	nng_strfree(text);
	if (has_port(scheme)) {
		GOOD(nng_listener_get_int(l, NNG_OPT_TCP_BOUND_PORT, &port));
		snprintf(real, sizeof(real), "%s://127.0.0.1:%d", scheme, port);
		url = real;
	}
	GOOD(nng_dialer_create(&d, far, url));
	if (tls) {
		GOOD(nng_tls_config_alloc(&theirs, NNG_TLS_MODE_CLIENT));
		GOOD(nng_tls_config_ca_chain(theirs, certificate, NULL));
		GOOD(nng_tls_config_server_name(theirs, "localhost"));
		GOOD(nng_dialer_set_ptr(d, NNG_OPT_TLS_CONFIG, theirs));
		nng_tls_config_free(theirs);
	}
	GOOD(nng_dialer_start(d, 0));
	GOOD(nng_dialer_get_url(d, &lent));
}

// A message, in one of three ways.
static void
say(nng_socket from, nng_socket to, int way)
{
	nng_msg *m;
	void *   buffer;
	size_t   size;
	nng_aio *aio;

	GOOD(nng_msg_alloc(&m, (size_t) (way * 37 % 5000)));
	GOOD(nng_msg_append_u32(m, 0xabcd));
	switch (way % 3) {
	case 0:
		GOOD(nng_sendmsg(from, m, 0));
		GOOD(nng_recvmsg(to, &m, 0));
		MUST(nng_pipe_id(nng_msg_get_pipe(m)) > 0);
		nng_msg_free(m);
		break;
	case 1:
		nng_msg_free(m);
		MUST((buffer = nng_alloc(2000)) != NULL);
		GOOD(nng_send(from, buffer, 2000, NNG_FLAG_ALLOC));
		GOOD(nng_recv(to, &buffer, &size, NNG_FLAG_ALLOC));
		nng_free(buffer, size);
		break;
	default:
		GOOD(nng_aio_alloc(&aio, NULL, NULL));
		nng_aio_set_msg(aio, m);
		nng_sock_send(from, aio);
		nng_aio_wait(aio);
		GOOD(nng_aio_result(aio));
		nng_sock_recv(to, aio);
		nng_aio_wait(aio);
		GOOD(nng_aio_result(aio));
		nng_msg_free(nng_aio_get_msg(aio));
		nng_aio_free(aio);
	}
}

static void
over_contexts(nng_socket asks, nng_socket answers)
{
	nng_ctx  question, answer;
	nng_aio *aio;
	nng_msg *m;

	MUST(nng_ctx_open(&question, asks) == 0 && nng_ctx_open(&answer, answers) == 0);
	nng_ctx_set_ms(question, NNG_OPT_RECVTIMEO, PATIENCE);
	nng_ctx_set_ms(answer, NNG_OPT_RECVTIMEO, PATIENCE);
	GOOD(nng_aio_alloc(&aio, NULL, NULL));
	GOOD(nng_msg_alloc(&m, 10));
	GOOD(nng_ctx_sendmsg(question, m, 0));
	nng_ctx_recv(answer, aio);
	nng_aio_wait(aio);
	GOOD(nng_aio_result(aio));
	nng_ctx_send(answer, aio);
	nng_aio_wait(aio);
	GOOD(nng_aio_result(aio));
	GOOD(nng_ctx_recvmsg(question, &m, 0));
	nng_msg_free(m);
	// One ends with an operation pending.
	nng_ctx_recv(answer, aio);
	GOOD(nng_ctx_close(answer));
	nng_aio_wait(aio);
	MUST(nng_aio_result(aio) == NNG_ECLOSED);
	GOOD(nng_ctx_close(question));
	nng_aio_free(aio);
}

// Two raw sockets forward for as long as nobody stops them.
static void
forwarding(int round)
{
	nng_socket s, a, b;
	nng_aio *  aio;

	MUST(raw[round % (sizeof(raw) / sizeof(raw[0]))](&s) == 0);
	MUST(nng_rep0_open_raw(&a) == 0 && nng_req0_open_raw(&b) == 0);
	GOOD(nng_aio_alloc(&aio, NULL, NULL));
	nng_device_aio(aio, a, b);
	nng_aio_cancel(aio);
	nng_aio_wait(aio);
	MUST(nng_aio_result(aio) == NNG_ECANCELED);
	nng_aio_free(aio);
	MUST(nng_close(a) == 0 && nng_close(b) == 0 && nng_close(s) == 0);
}

static void
sockets(int round)
{
	int           pattern = round % 8;
	const char *  scheme  = transports[round / 8 % 6];
	nng_socket    talks, hears;
	struct pollfd poller;
	nng_aio *     pending;
	nng_stat *    stats;
	int           fd;

	meeting.attached = meeting.present = 0;
	MUST(nng_mtx_alloc(&meeting.lock) == 0 && nng_cv_alloc(&meeting.changed, meeting.lock) == 0);
	MUST(patterns[pattern].talks(&talks) == 0 && patterns[pattern].hears(&hears) == 0);
	prepare(talks);
	prepare(hears);
	if (patterns[pattern].hears == nng_sub0_open) {
		GOOD(nng_sub0_socket_subscribe(hears, "", 0));
	}
	// One that nobody answers.
	GOOD(nng_dial(talks, "ipc:///tmp/nng-churn-nobody.sock", NULL, NNG_FLAG_NONBLOCK));
	connect_sockets(round / 48 % 2 ? talks : hears, round / 48 % 2 ? hears : talks, scheme);
	await_number(&meeting.attached, 2, INT_MAX);
	GOOD(nng_socket_get_int(hears, NNG_OPT_RECVFD, &fd));
	GOOD(nng_send(talks, "ready?", 6, 0));
	poller.fd     = fd;
	poller.events = POLLIN;
	MUST(poll(&poller, 1, PATIENCE) == 1);
	nng_msg *m;
	GOOD(nng_recvmsg(hears, &m, 0));
	MUST(!patterns[pattern].answers || nng_sendmsg(hears, m, 0) == 0);
	if (patterns[pattern].answers) {
		GOOD(nng_recvmsg(talks, &m, 0));
	}
	nng_pipe p = nng_msg_get_pipe(m);
	nng_msg_free(m);
	say(talks, hears, round);
	if (patterns[pattern].contexts) {
		over_contexts(talks, hears);
	}
	GOOD(nng_stats_get(&stats));
	MUST(nng_stat_find_socket(stats, hears) != NULL);
	nng_stats_free(stats);
	// The pipe goes first, or a socket with a receive pending.
	GOOD(nng_aio_alloc(&pending, NULL, NULL));
	nng_recv_aio(hears, pending);
	if (round % 3 == 0) {
		GOOD(nng_pipe_close(p));
	}
	GOOD(nng_close(hears));
	nng_aio_wait(pending);
	if (nng_aio_result(pending) == 0) {
		// A request whose pipe was closed is asked again, and may be there before the close.
		nng_msg_free(nng_aio_get_msg(pending));
	} else {
		MUST(nng_aio_result(pending) == NNG_ECLOSED);
	}
	nng_aio_free(pending);
	GOOD(nng_close(talks));
	await_number(&meeting.present, 0, 0);
	nng_cv_free(meeting.changed);
	nng_mtx_free(meeting.lock);
	forwarding(round);
}

#endif
