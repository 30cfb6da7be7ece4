// The nanomsg interface: thin over the native one, with errno. Compiled into libnng.so.1, and once more, with
// NNG_LIBNANOMSG, into libnanomsg.so.5, whose numbers for two errors and some options differ.
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nng/compat/nanomsg/bus.h>
#include <nng/compat/nanomsg/ipc.h>
#include <nng/compat/nanomsg/nn.h>
#include <nng/compat/nanomsg/pair.h>
#include <nng/compat/nanomsg/pipeline.h>
#include <nng/compat/nanomsg/pubsub.h>
#include <nng/compat/nanomsg/reqrep.h>
#include <nng/compat/nanomsg/survey.h>
#include <nng/compat/nanomsg/tcp.h>
#include <nng/compat/nanomsg/ws.h>
#include <nng/nng.h>
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

#define EXPORT __attribute__((visibility("default")))

#ifdef NNG_LIBNANOMSG
#undef EFSM
#undef ETERM
#define ETERM 156384765
#define EFSM 156384766
// And its own words and numbers for a few failures.
enum { IS_OLDER = 1, UNKNOWN_PROTOCOL = EINVAL, UNKNOWN_SCHEME = EPROTONOSUPPORT, UNKNOWN_ENDPOINT = EINVAL };
#else
enum { IS_OLDER = 0, UNKNOWN_PROTOCOL = ENOTSUP, UNKNOWN_SCHEME = ENOTSUP, UNKNOWN_ENDPOINT = ENOENT };
#endif

// ---- Errors --------------------------------------------------------------------------------------------------------

static const struct {
	int nng;
	int posix;
} errors[] = {
	{ NNG_EINTR, EINTR },
	{ NNG_ENOMEM, ENOMEM },
	{ NNG_EINVAL, EINVAL },
	{ NNG_EADDRINVAL, EINVAL },
	{ NNG_EBUSY, EBUSY },
	{ NNG_ETIMEDOUT, ETIMEDOUT },
	{ NNG_ECONNREFUSED, ECONNREFUSED },
	{ NNG_ECLOSED, EBADF },
	{ NNG_ECANCELED, EBADF },
	{ NNG_EAGAIN, EAGAIN },
	{ NNG_ENOTSUP, ENOTSUP },
	{ NNG_EADDRINUSE, EADDRINUSE },
	{ NNG_ESTATE, EFSM },
	{ NNG_ENOENT, ENOENT },
	{ NNG_EPROTO, EPROTO },
	{ NNG_EUNREACHABLE, EHOSTUNREACH },
	{ NNG_EPERM, EACCES },
	{ NNG_EMSGSIZE, EMSGSIZE },
	{ NNG_ECONNABORTED, ECONNABORTED },
	{ NNG_ECONNRESET, ECONNRESET },
	{ NNG_EEXIST, EEXIST },
	{ NNG_EREADONLY, EACCES },
	{ NNG_EWRITEONLY, EACCES },
	{ NNG_ECRYPTO, EACCES },
	{ NNG_EPEERAUTH, EACCES },
	{ NNG_EBADTYPE, EINVAL },
	{ NNG_EAMBIGUOUS, EINVAL },
	{ NNG_ENOFILES, EMFILE },
	{ NNG_ENOSPC, ENOSPC },
};

#define ERRORS (sizeof(errors) / sizeof(errors[0]))

static int
to_errno(int nng)
{
	for (size_t i = 0; i < ERRORS; i++) {
		if (errors[i].nng == nng) {
			return errors[i].posix;
		}
	}
	return EIO;
}

static int
fail(int posix)
{
	errno = posix;
	return -1;
}

// 0, or -1 with errno.
static int
outcome(int nng)
{
	return nng == 0 ? 0 : fail(to_errno(nng));
}

EXPORT int
nn_errno(void)
{
	return errno;
}

EXPORT const char *
nn_strerror(int error)
{
#ifdef NNG_LIBNANOMSG
	if (error == ETERM) {
		return "Nanomsg library was terminated";
	}
	if (error == EFSM) {
		return "Operation cannot be performed in this state";
	}
	return strerror(error);
#else
	static __thread char text[32];

	for (size_t i = 0; i < ERRORS; i++) {
		if (errors[i].posix == error) {
			return nng_strerror(errors[i].nng);
		}
	}
	if (error == EIO) {
		return "Unknown I/O error";
	}
	snprintf(text, sizeof(text), "Unknown error %d", error);
	return text;
#endif
}

// ---- Sockets and endpoints -----------------------------------------------------------------------------------------

static nng_socket
socket_of(int id)
{
	nng_socket s;
	s.id = (uint32_t) id;
	return s;
}

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
			return fail(to_errno(rv));
		}
		// Nagle is on for this interface, as it was.
		nng_socket_set_bool(s, NNG_OPT_TCP_NODELAY, false);
		return (int) s.id;
	}
	return fail(UNKNOWN_PROTOCOL);
}

EXPORT int
nn_close(int s)
{
	return outcome(nng_close(socket_of(s)));
}

EXPORT void
nn_term(void)
{
	nng_closeall();
}

// An endpoint's id, or -1 with errno.
static int
endpoint(int nng, uint32_t id)
{
	return nng == 0 ? (int) id : fail(nng == NNG_ENOTSUP ? UNKNOWN_SCHEME : to_errno(nng));
}

EXPORT int
nn_bind(int s, const char *url)
{
	nng_listener l;
	int          rv = nng_listen(socket_of(s), url, &l, 0);
	return endpoint(rv, l.id);
}

EXPORT int
nn_connect(int s, const char *url)
{
	nng_dialer d;
	int        rv = nng_dial(socket_of(s), url, &d, NNG_FLAG_NONBLOCK);
	return endpoint(rv, d.id);
}

// Dialers and listeners count apart, so an id may be both; the dialer goes first, as it always did.
EXPORT int
nn_shutdown(int s, int endpoint)
{
	nng_dialer   d;
	nng_listener l;
	int          rv;

	(void) s;
	d.id = (uint32_t) endpoint;
	l.id = (uint32_t) endpoint;
	if ((rv = nng_dialer_close(d)) == NNG_ENOENT) {
		rv = nng_listener_close(l);
	}
	return rv == NNG_ENOENT ? fail(UNKNOWN_ENDPOINT) : outcome(rv);
}

EXPORT int
nn_device(int first, int second)
{
	// Never succeeds: it returns when a socket is closed.
	return fail(to_errno(nng_device(socket_of(first), socket_of(second))));
}

EXPORT uint64_t
nn_get_statistic(int s, int statistic)
{
	(void) s;
	(void) statistic;
	return 0;
}

// ---- Messages as buffers -------------------------------------------------------------------------------------------

// A buffer is the body of a message, whose pointer stands in the eight bytes before it.
enum { PREFIX = sizeof(nng_msg *) };

static nng_msg *
message_of(void *buffer)
{
	nng_msg *m;
	memcpy(&m, (char *) buffer - PREFIX, PREFIX);
	return m;
}

// The buffer of a message: writes the pointer in front of the body. NULL when there is no memory.
static void *
buffer_of(nng_msg *m)
{
	char *buffer;

	if (nng_msg_insert(m, &m, PREFIX) != 0) {
		return NULL;
	}
	buffer = (char *) nng_msg_body(m) + PREFIX;
	nng_msg_trim(m, PREFIX);
	return buffer;
}

EXPORT void *
nn_allocmsg(size_t size, int type)
{
	nng_msg *m;
	void *   buffer;

	if (type != 0 || size < 1 || size + PREFIX < size) {
		errno = EINVAL;
		return NULL;
	}
	if (nng_msg_alloc(&m, size) != 0) {
		errno = ENOMEM;
		return NULL;
	}
	if ((buffer = buffer_of(m)) == NULL) {
		nng_msg_free(m);
		errno = ENOMEM;
	}
	return buffer;
}

EXPORT void *
nn_reallocmsg(void *buffer, size_t size)
{
	nng_msg *m;
	size_t   before;

	if (buffer == NULL) {
		return nn_allocmsg(size, 0);
	}
	if (size + PREFIX < size) {
		errno = EINVAL;
		return NULL;
	}
	m      = message_of(buffer);
	before = nng_msg_len(m);
	if (nng_msg_realloc(m, size) != 0) {
		errno = ENOMEM;
		return NULL;
	}
	if (size <= before) {
		return buffer;
	}
	if ((buffer = buffer_of(m)) == NULL) {
		errno = ENOMEM;
	}
	return buffer;
}

EXPORT int
nn_freemsg(void *buffer)
{
	if (buffer != NULL) {
		nng_msg_free(message_of(buffer));
	}
	return 0;
}

// ---- Sending and receiving -----------------------------------------------------------------------------------------

static int
flags_of(int flags, int *out)
{
	if ((flags & ~NN_DONTWAIT) != 0) {
		return fail(EINVAL);
	}
	*out = flags != 0 ? NNG_FLAG_NONBLOCK : 0;
	return 0;
}

static struct nn_cmsghdr *
first_header(const struct nn_msghdr *message)
{
	char * control = message->msg_control;
	size_t length  = message->msg_controllen;

	if (length == NN_MSG) {
		control = *(void **) control;
		if (control == NULL) {
			return NULL;
		}
		length = nng_msg_len(message_of(control));
	}
	return length < sizeof(struct nn_cmsghdr) ? NULL : (struct nn_cmsghdr *) control;
}

#ifndef NNG_LIBNANOMSG
EXPORT
#endif
struct nn_cmsghdr *
nn_cmsg_next(struct nn_msghdr *message, struct nn_cmsghdr *after)
{
	return message == NULL || after != NULL || message->msg_control == NULL ? NULL : first_header(message);
}

// The header bytes that control data supplies replace those the message has.
static int
apply_control(nng_msg *m, const struct nn_msghdr *message)
{
	struct nn_cmsghdr *item;
	size_t             room, length;

	if (message->msg_control == NULL || (item = first_header(message)) == NULL) {
		return 0;
	}
	room = message->msg_controllen == NN_MSG ? nng_msg_len(message_of(*(void **) message->msg_control))
	                                         : message->msg_controllen;
	if (item->cmsg_level != PROTO_SP || item->cmsg_type != SP_HDR || item->cmsg_len > room
	    || item->cmsg_len < NN_CMSG_SPACE(sizeof(size_t))) {
		return 0;
	}
	memcpy(&length, NN_CMSG_DATA(item), sizeof(length));
	if (length > item->cmsg_len - NN_CMSG_SPACE(sizeof(size_t))) {
		return 0;
	}
	nng_msg_header_clear(m);
	return nng_msg_header_append(m, NN_CMSG_DATA(item) + sizeof(size_t), length);
}

// Gathers the vector into a message; *owned says that it is the library's, not the caller's buffer.
static int
gather(const struct nn_msghdr *message, nng_msg **out, bool *owned)
{
	int rv;

	*owned = true;
	if (message->msg_iovlen == 1 && message->msg_iov[0].iov_len == NN_MSG) {
		void *buffer = *(void **) message->msg_iov[0].iov_base;
		if (buffer == NULL) {
			return NNG_EINVAL;
		}
		*out   = message_of(buffer);
		*owned = false;
		return 0;
	}
	if ((rv = nng_msg_alloc(out, 0)) != 0) {
		return rv;
	}
	for (int i = 0; i < message->msg_iovlen; i++) {
		size_t length = message->msg_iov[i].iov_len;
		rv            = length == NN_MSG ? NNG_EINVAL : nng_msg_append(*out, message->msg_iov[i].iov_base, length);
		if (rv != 0) {
			nng_msg_free(*out);
			return rv;
		}
	}
	return 0;
}

EXPORT int
nn_sendmsg(int s, const struct nn_msghdr *message, int flags)
{
	nng_msg *m;
	bool     owned;
	int      rv;
	size_t   length;
	void *   control = NULL;

	if (message == NULL) {
		return fail(EINVAL);
	}
	if (message->msg_iovlen < 0) {
		return fail(EMSGSIZE);
	}
	if (flags_of(flags, &flags) != 0) {
		return -1;
	}
	if ((rv = gather(message, &m, &owned)) != 0) {
		return fail(to_errno(rv));
	}
	if (message->msg_control != NULL && message->msg_controllen == NN_MSG) {
		control = *(void **) message->msg_control;
	}
	length = nng_msg_len(m);
	if ((rv = apply_control(m, message)) == 0) {
		rv = nng_sendmsg(socket_of(s), m, flags);
	}
	if (rv != 0) {
		if (owned) {
			nng_msg_free(m);
		}
		return fail(to_errno(rv));
	}
	nn_freemsg(control);
	return (int) length;
}

EXPORT int
nn_send(int s, const void *buffer, size_t length, int flags)
{
	struct nn_iovec  iov     = { (void *) buffer, length };
	struct nn_msghdr message = { &iov, 1, NULL, 0 };

	return nn_sendmsg(s, &message, flags);
}

// Describes the header of a received message as control data.
static int
give_control(nng_msg *m, struct nn_msghdr *message)
{
	struct nn_cmsghdr *item;
	size_t             header = nng_msg_header_len(m);
	size_t             space  = NN_CMSG_SPACE(sizeof(size_t) + header);
	void *             buffer = NULL;

	if (message->msg_control == NULL) {
		return 0;
	}
	if (message->msg_controllen == NN_MSG) {
		if ((buffer = nn_allocmsg(space, 0)) == NULL) {
			return NNG_ENOMEM;
		}
		*(void **) message->msg_control = buffer;
		item                            = buffer;
	} else {
		size_t zeroed = message->msg_controllen < sizeof(*item) ? message->msg_controllen : sizeof(*item);
		memset(message->msg_control, 0, zeroed);
		if (message->msg_controllen < space) {
			return 0;
		}
		item = message->msg_control;
	}
	item->cmsg_len   = space;
	item->cmsg_level = PROTO_SP;
	item->cmsg_type  = SP_HDR;
	memcpy(NN_CMSG_DATA(item), &header, sizeof(header));
	memcpy(NN_CMSG_DATA(item) + sizeof(header), nng_msg_header(m), header);
	return 0;
}

static void
scatter(nng_msg *m, struct nn_msghdr *message)
{
	char * from = nng_msg_body(m);
	size_t left = nng_msg_len(m);

	for (int i = 0; i < message->msg_iovlen && left > 0; i++) {
		size_t n = message->msg_iov[i].iov_len < left ? message->msg_iov[i].iov_len : left;
		memcpy(message->msg_iov[i].iov_base, from, n);
		from += n;
		left -= n;
	}
}

EXPORT int
nn_recvmsg(int s, struct nn_msghdr *message, int flags)
{
	nng_msg *m;
	int      rv;
	size_t   length;

	if (message == NULL) {
		return fail(EINVAL);
	}
	if (message->msg_iovlen < 0) {
		return fail(EMSGSIZE);
	}
	if (flags_of(flags, &flags) != 0) {
		return -1;
	}
	// Known before anything is received, so that nothing is lost.
	for (int i = 0; i < message->msg_iovlen && message->msg_iovlen > 1; i++) {
		if (message->msg_iov[i].iov_len == NN_MSG) {
			return fail(EINVAL);
		}
	}
	if ((rv = nng_recvmsg(socket_of(s), &m, flags)) != 0) {
		return fail(to_errno(rv));
	}
	if ((rv = give_control(m, message)) != 0) {
		nng_msg_free(m);
		return fail(to_errno(rv));
	}
	length = nng_msg_len(m);
	if (message->msg_iovlen == 1 && message->msg_iov[0].iov_len == NN_MSG) {
		void *buffer = buffer_of(m);
		if (buffer == NULL) {
			nng_msg_free(m);
			return fail(ENOMEM);
		}
		*(void **) message->msg_iov[0].iov_base = buffer;
	} else {
		scatter(m, message);
		nng_msg_free(m);
	}
	return length > INT_MAX ? INT_MAX : (int) length;
}

EXPORT int
nn_recv(int s, void *buffer, size_t length, int flags)
{
	struct nn_iovec  iov     = { buffer, length };
	struct nn_msghdr message = { &iov, 1, NULL, 0 };

	return nn_recvmsg(s, &message, flags);
}

// ---- Options -------------------------------------------------------------------------------------------------------

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
	return rv != 0 ? fail(to_errno(rv)) : give_int(number, value, size);
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
	return rv != 0 ? fail(to_errno(rv)) : give_int(messages * 1024, value, size);
}

static int
get_socket_option(nng_socket s, int option, void *value, size_t *size)
{
	size_t limit;
	bool   raw;
	int    rv;

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
		return rv != 0 ? fail(to_errno(rv)) : give_int(raw ? AF_SP_RAW : AF_SP, value, size);
	case NN_PROTOCOL:
		return outcome(nng_socket_get(s, NNG_OPT_PROTO, value, size));
	case NN_SOCKET_NAME:
		return outcome(nng_socket_get(s, NNG_OPT_SOCKNAME, value, size));
	case NN_RCVMAXSIZE:
		rv = nng_socket_get_size(s, NNG_OPT_RECVMAXSZ, &limit);
		return rv != 0 ? fail(to_errno(rv))
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
		return IS_OPTION(option, NN_SUB_SUBSCRIBE, 1) || IS_OPTION(option, NN_SUB_UNSUBSCRIBE, 2) ? fail(EACCES)
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
		return rv != 0 ? fail(to_errno(rv)) : give_int(flag ? 1 : 0, value, size);
	case NN_WS:
		return option == NN_WS_MSG_TYPE ? give_int(NN_WS_MSG_TYPE_BINARY, value, size) : fail(ENOPROTOOPT);
	default:
		return fail(ENOPROTOOPT);
	}
}

// ---- Polling -------------------------------------------------------------------------------------------------------

// Fills the descriptors to poll, one or two an entry, in order.
static int
poll_descriptors(struct nn_pollfd *entries, int count, struct pollfd *out)
{
	int n = 0;

	for (int i = 0; i < count; i++) {
		static const struct {
			int         event;
			const char *option;
		} sides[] = { { NN_POLLIN, NNG_OPT_RECVFD }, { NN_POLLOUT, NNG_OPT_SENDFD } };
		for (int side = 0; side < 2; side++) {
			int descriptor, rv;
			if ((entries[i].events & sides[side].event) == 0) {
				continue;
			}
			if ((rv = nng_socket_get_int(socket_of(entries[i].fd), sides[side].option, &descriptor)) != 0) {
				return fail(to_errno(rv));
			}
			out[n].fd     = descriptor;
			out[n].events = POLLIN;
			n++;
		}
	}
	return n;
}

EXPORT int
nn_poll(struct nn_pollfd *entries, int count, int timeout)
{
	struct pollfd *descriptors;
	int            n, ready = 0;

	if (count < 0 || (entries == NULL && count > 0)) {
		return fail(EINVAL);
	}
	if ((descriptors = calloc((size_t) count * 2 + 1, sizeof(*descriptors))) == NULL) {
		return fail(ENOMEM);
	}
	if ((n = poll_descriptors(entries, count, descriptors)) < 0 || poll(descriptors, (nfds_t) n, timeout) < 0) {
		int error = errno;
		free(descriptors);
		return fail(error);
	}
	n = 0;
	for (int i = 0; i < count; i++) {
		entries[i].revents = 0;
		if ((entries[i].events & NN_POLLIN) != 0 && (descriptors[n++].revents & POLLIN) != 0) {
			entries[i].revents |= NN_POLLIN;
		}
		if ((entries[i].events & NN_POLLOUT) != 0 && (descriptors[n++].revents & POLLIN) != 0) {
			entries[i].revents |= NN_POLLOUT;
		}
		ready += entries[i].revents != 0;
	}
	free(descriptors);
	return ready;
}
