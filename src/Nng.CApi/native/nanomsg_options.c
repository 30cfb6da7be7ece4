// Options of the nanomsg interface.
#include "nanomsg.h"

#include <limits.h>

#include <nng/compat/nanomsg/pubsub.h>
#include <nng/compat/nanomsg/reqrep.h>
#include <nng/compat/nanomsg/survey.h>
#include <nng/compat/nanomsg/tcp.h>
#include <nng/compat/nanomsg/ws.h>
#include <nng/protocol/pubsub0/sub.h>
#include <nng/protocol/reqrep0/req.h>
#include <nng/protocol/survey0/survey.h>

#ifdef NNG_LIBNANOMSG
// That library numbers the options of each protocol from 1.
#define IS_OPTION(option, number, small) ((option) == (number) || (option) == (small))
#else
#define IS_OPTION(option, number, small) ((option) == (number))
#endif

static int
need_int(const void *value, size_t size, int *out)
{
	if (value == NULL || size != sizeof(int)) {
		return fail(EINVAL);
	}
	memcpy(out, value, sizeof(int));
	return 0;
}

static int
set_ms(nng_socket s, const char *name, const void *value, size_t size)
{
	int ms;
	if (need_int(value, size, &ms) != 0) {
		return -1;
	}
	return outcome(nng_socket_set_ms(s, name, ms));
}

static int
set_buffer(nng_socket s, const char *name, const void *value, size_t size)
{
	int bytes;
	if (need_int(value, size, &bytes) != 0) {
		return -1;
	}
	if (bytes > 8192 * 1024) {
		return fail(EINVAL);
	}
	return outcome(nng_socket_set_int(s, name, (bytes + 1023) / 1024));
}

// At most 63 bytes; their end is marked by a zero, or, in the older library, by the size alone.
static int
set_name(nng_socket s, const void *value, size_t size)
{
	char name[64] = "";

	if (value == NULL || size > sizeof(name)) {
		return fail(EINVAL);
	}
	memcpy(name, value, size);
	if (memchr(name, 0, IS_OLDER ? sizeof(name) : size) == NULL) {
		return fail(EINVAL);
	}
	return outcome(nng_socket_set_string(s, NNG_OPT_SOCKNAME, name));
}

static int
set_socket_option(nng_socket s, int option, const void *value, size_t size)
{
	int number;

#ifdef NNG_LIBNANOMSG
	if (nns_older_set(s, option, value, size, &number)) {
		return number;
	}
#endif
	switch (option) {
	case NN_LINGER:
		return need_int(value, size, &number);
	case NN_SNDBUF:
		return set_buffer(s, NNG_OPT_SENDBUF, value, size);
	case NN_RCVBUF:
		return set_buffer(s, NNG_OPT_RECVBUF, value, size);
	case NN_SNDTIMEO:
		return set_ms(s, NNG_OPT_SENDTIMEO, value, size);
	case NN_RCVTIMEO:
		return set_ms(s, NNG_OPT_RECVTIMEO, value, size);
	case NN_RECONNECT_IVL:
		return set_ms(s, NNG_OPT_RECONNMINT, value, size);
	case NN_RECONNECT_IVL_MAX:
		return set_ms(s, NNG_OPT_RECONNMAXT, value, size);
	case NN_SNDFD:
	case NN_RCVFD:
	case NN_PROTOCOL:
		return fail(EACCES);
	case NN_SOCKET_NAME:
		return set_name(s, value, size);
	case NN_RCVMAXSIZE:
		if (need_int(value, size, &number) != 0) {
			return -1;
		}
		return number < -1 ? fail(EINVAL)
		                   : outcome(nng_socket_set_size(s, NNG_OPT_RECVMAXSZ, number < 0 ? 0 : (size_t) number));
	case NN_MAXTTL:
		if (need_int(value, size, &number) != 0) {
			return -1;
		}
		return outcome(nng_socket_set_int(s, NNG_OPT_MAXTTL, number));
	default:
		return fail(ENOPROTOOPT);
	}
}

EXPORT int
nn_setsockopt(int id, int level, int option, const void *value, size_t size)
{
	nng_socket s = socket_of(id);
	int        number;

	switch (level) {
	case NN_SOL_SOCKET:
		return set_socket_option(s, option, value, size);
	case NN_SUB:
		if (IS_OPTION(option, NN_SUB_SUBSCRIBE, 1)) {
			return outcome(nng_socket_set(s, NNG_OPT_SUB_SUBSCRIBE, value, size));
		}
		if (IS_OPTION(option, NN_SUB_UNSUBSCRIBE, 2)) {
			return outcome(nng_socket_set(s, NNG_OPT_SUB_UNSUBSCRIBE, value, size));
		}
		return fail(ENOPROTOOPT);
	case NN_REQ:
		if (!IS_OPTION(option, NN_REQ_RESEND_IVL, 1)) {
			return fail(ENOPROTOOPT);
		}
		// Due requests are then looked for often enough.
		nng_socket_set_ms(s, NNG_OPT_REQ_RESENDTICK, 10);
		return set_ms(s, NNG_OPT_REQ_RESENDTIME, value, size);
	case NN_SURVEYOR:
		return IS_OPTION(option, NN_SURVEYOR_DEADLINE, 1) ? set_ms(s, NNG_OPT_SURVEYOR_SURVEYTIME, value, size)
		                                                  : fail(ENOPROTOOPT);
	case NN_TCP:
		if (option != NN_TCP_NODELAY) {
			return fail(ENOPROTOOPT);
		}
		if (need_int(value, size, &number) != 0) {
			return -1;
		}
		return number != 0 && number != 1 ? fail(EINVAL)
		                                  : outcome(nng_socket_set_bool(s, NNG_OPT_TCP_NODELAY, number != 0));
	case NN_WS:
		if (option != NN_WS_MSG_TYPE) {
			return fail(ENOPROTOOPT);
		}
		if (need_int(value, size, &number) != 0) {
			return -1;
		}
		return number == NN_WS_MSG_TYPE_BINARY ? 0 : fail(EINVAL);
	default:
		return fail(ENOPROTOOPT);
	}
}

// An integer, cut to the room there is; the true size comes back.
static int
give_int(int number, void *value, size_t *size)
{
	memcpy(value, &number, *size < sizeof(number) ? *size : sizeof(number));
	*size = sizeof(number);
	return 0;
}

static int
get_ms(nng_socket s, const char *name, void *value, size_t *size)
{
	return outcome(nng_socket_get(s, name, value, size));
}

static int
get_int(nng_socket s, const char *name, void *value, size_t *size)
{
	int number;
	int rv = nng_socket_get_int(s, name, &number);
	if (rv == NNG_ENOTSUP) {
		return fail(IS_OLDER ? ENOPROTOOPT : ENOTSUP);
	}
	return rv != 0 ? fail(nns_errno(rv)) : give_int(number, value, size);
}

static int
get_exact_ms(nng_socket s, const char *name, void *value, size_t *size)
{
	return *size != sizeof(int) ? fail(EINVAL) : get_ms(s, name, value, size);
}

static int
get_buffer(nng_socket s, const char *name, void *value, size_t *size)
{
	int messages;
	int rv = nng_socket_get_int(s, name, &messages);
	return rv != 0 ? fail(nns_errno(rv)) : give_int(messages * 1024, value, size);
}

static int
get_socket_option(nng_socket s, int option, void *value, size_t *size)
{
	size_t limit;
	bool   raw;
	int    rv;

#ifdef NNG_LIBNANOMSG
	if (nns_older_get(s, option, value, size, &rv)) {
		return rv;
	}
#endif
	switch (option) {
	case NN_LINGER:
		return give_int(0, value, size);
	case NN_SNDBUF:
		return get_buffer(s, NNG_OPT_SENDBUF, value, size);
	case NN_RCVBUF:
		return get_buffer(s, NNG_OPT_RECVBUF, value, size);
	case NN_SNDTIMEO:
		return get_ms(s, NNG_OPT_SENDTIMEO, value, size);
	case NN_RCVTIMEO:
		return get_ms(s, NNG_OPT_RECVTIMEO, value, size);
	case NN_RECONNECT_IVL:
		return get_exact_ms(s, NNG_OPT_RECONNMINT, value, size);
	case NN_RECONNECT_IVL_MAX:
		return get_exact_ms(s, NNG_OPT_RECONNMAXT, value, size);
	case NN_SNDFD:
		return get_int(s, NNG_OPT_SENDFD, value, size);
	case NN_RCVFD:
		return get_int(s, NNG_OPT_RECVFD, value, size);
	case NN_DOMAIN:
		rv = nng_socket_get_bool(s, NNG_OPT_RAW, &raw);
		return rv != 0 ? fail(nns_errno(rv)) : give_int(raw ? AF_SP_RAW : AF_SP, value, size);
	case NN_PROTOCOL:
		return outcome(nng_socket_get(s, NNG_OPT_PROTO, value, size));
	case NN_SOCKET_NAME:
		return outcome(nng_socket_get(s, NNG_OPT_SOCKNAME, value, size));
	case NN_RCVMAXSIZE:
		rv = nng_socket_get_size(s, NNG_OPT_RECVMAXSZ, &limit);
		return rv != 0 ? fail(nns_errno(rv))
		               : give_int(limit == 0 || limit > INT_MAX ? -1 : (int) limit, value, size);
	case NN_MAXTTL:
		return outcome(nng_socket_get(s, NNG_OPT_MAXTTL, value, size));
	default:
		return fail(ENOPROTOOPT);
	}
}

EXPORT int
nn_getsockopt(int id, int level, int option, void *value, size_t *size)
{
	nng_socket s = socket_of(id);
	bool       flag;
	int        rv;

	if (value == NULL || size == NULL) {
		return fail(EINVAL);
	}
	switch (level) {
	case NN_SOL_SOCKET:
		return get_socket_option(s, option, value, size);
	case NN_SUB:
		return !IS_OLDER && (option == NN_SUB_SUBSCRIBE || option == NN_SUB_UNSUBSCRIBE) ? fail(EACCES)
		                                                                                : fail(ENOPROTOOPT);
	case NN_REQ:
		return IS_OPTION(option, NN_REQ_RESEND_IVL, 1) ? get_ms(s, NNG_OPT_REQ_RESENDTIME, value, size)
		                                               : fail(ENOPROTOOPT);
	case NN_SURVEYOR:
		return IS_OPTION(option, NN_SURVEYOR_DEADLINE, 1) ? get_ms(s, NNG_OPT_SURVEYOR_SURVEYTIME, value, size)
		                                                  : fail(ENOPROTOOPT);
	case NN_TCP:
		if (option != NN_TCP_NODELAY) {
			return fail(ENOPROTOOPT);
		}
		rv = nng_socket_get_bool(s, NNG_OPT_TCP_NODELAY, &flag);
		return rv != 0 ? fail(nns_errno(rv)) : give_int(flag ? 1 : 0, value, size);
	case NN_WS:
		return option == NN_WS_MSG_TYPE ? give_int(NN_WS_MSG_TYPE_BINARY, value, size) : fail(ENOPROTOOPT);
	default:
		return fail(ENOPROTOOPT);
	}
}
