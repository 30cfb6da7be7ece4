// Sockets and endpoints of the nanomsg interface.
#include "nanomsg.h"

#include <nng/compat/nanomsg/bus.h>
#include <nng/compat/nanomsg/pair.h>
#include <nng/compat/nanomsg/pipeline.h>
#include <nng/compat/nanomsg/pubsub.h>
#include <nng/compat/nanomsg/reqrep.h>
#include <nng/compat/nanomsg/survey.h>
#include <nng/protocol/bus0/bus.h>
#include <nng/protocol/pair0/pair.h>
#include <nng/protocol/pipeline0/pull.h>
#include <nng/protocol/pipeline0/push.h>
#include <nng/protocol/pubsub0/pub.h>
#include <nng/protocol/pubsub0/sub.h>
#include <nng/protocol/reqrep0/rep.h>
#include <nng/protocol/reqrep0/req.h>
#include <nng/protocol/survey0/respond.h>
#include <nng/protocol/survey0/survey.h>

// The older library was terminated.
static volatile bool is_over;

EXPORT int
nn_socket(int domain, int protocol)
{
	static const struct {
		int protocol;
		int (*cooked)(nng_socket *);
		int (*raw)(nng_socket *);
	} openers[] = {
		{ NN_PAIR, nng_pair0_open, nng_pair0_open_raw },
		{ NN_PUB, nng_pub0_open, nng_pub0_open_raw },
		{ NN_SUB, nng_sub0_open, nng_sub0_open_raw },
		{ NN_REQ, nng_req0_open, nng_req0_open_raw },
		{ NN_REP, nng_rep0_open, nng_rep0_open_raw },
		{ NN_PUSH, nng_push0_open, nng_push0_open_raw },
		{ NN_PULL, nng_pull0_open, nng_pull0_open_raw },
		{ NN_SURVEYOR, nng_surveyor0_open, nng_surveyor0_open_raw },
		{ NN_RESPONDENT, nng_respondent0_open, nng_respondent0_open_raw },
		{ NN_BUS, nng_bus0_open, nng_bus0_open_raw },
	};

	if (is_over) {
		return fail(ETERM);
	}
	if (domain != AF_SP && domain != AF_SP_RAW) {
		return fail(EAFNOSUPPORT);
	}
	for (size_t i = 0; i < sizeof(openers) / sizeof(openers[0]); i++) {
		nng_socket s;
		int        rv;

		if (openers[i].protocol != protocol) {
			continue;
		}
		if ((rv = domain == AF_SP ? openers[i].cooked(&s) : openers[i].raw(&s)) != 0) {
			return fail(nns_errno(rv));
		}
		// Nagle is on for this interface, as it was.
		nng_socket_set_bool(s, NNG_OPT_TCP_NODELAY, false);
#ifdef NNG_LIBNANOMSG
		nns_older_open(s);
#endif
		return (int) s.id;
	}
	return fail(UNKNOWN_PROTOCOL);
}

EXPORT int
nn_close(int s)
{
	int rv = nng_close(socket_of(s));

#ifdef NNG_LIBNANOMSG
	if (rv == 0) {
		nns_endpoints_forget(s);
		nns_older_forget(s);
	}
#endif
	return outcome(rv);
}

EXPORT void
nn_term(void)
{
	// The older library cannot be used again.
	is_over = IS_OLDER;
	nng_closeall();
#ifdef NNG_LIBNANOMSG
	nns_endpoints_forget(-1);
	nns_older_forget(-1);
#endif
}

// An endpoint's id, or -1 with errno.
static int
endpoint(int s, const char *url, bool listens)
{
	int id, rv = nns_endpoint_make(s, url, listens, &id);

	if (rv == 0) {
		return id;
	}
	return fail(rv == NNG_ENOTSUP ? UNKNOWN_SCHEME : (rv & NNG_ESYSERR) != 0 ? rv & ~NNG_ESYSERR : nns_errno(rv));
}

EXPORT int
nn_bind(int s, const char *url)
{
	return endpoint(s, url, true);
}

EXPORT int
nn_connect(int s, const char *url)
{
	return endpoint(s, url, false);
}

EXPORT int
nn_shutdown(int s, int endpoint)
{
	bool raw;
	int  rv;

	if (IS_OLDER && nng_socket_get_bool(socket_of(s), NNG_OPT_RAW, &raw) != 0) {
		return fail(EBADF);
	}
	rv = nns_endpoint_close(s, endpoint);
	return rv == NNG_ENOENT ? fail(UNKNOWN_ENDPOINT) : outcome(rv);
}

EXPORT int
nn_device(int first, int second)
{
	if (IS_OLDER && first < 0 && second < 0) {
		return fail(EBADF);
	}
	// Never succeeds: it returns when a socket is closed.
	return fail(nns_errno(nng_device(socket_of(first), socket_of(second))));
}

EXPORT uint64_t
nn_get_statistic(int s, int statistic)
{
	(void) s;
	(void) statistic;
	return 0;
}
