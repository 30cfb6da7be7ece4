// What libnanomsg.so.5 has beyond the common interface: its names and numbers as data, and its own name for the
// iteration of control data.
#include <errno.h>
#include <string.h>

#include <nng/compat/nanomsg/nn.h>

#define EXPORT __attribute__((visibility("default")))

struct nn_symbol_properties {
	int         value;
	const char *name;
	int         ns;
	int         type;
	int         unit;
};

// Name, number, and where it belongs: name space, type and unit, by the numbers in the table itself.
static const struct nn_symbol_properties symbols[] = {
	// clang-format off
	{ 0, "NN_NS_NAMESPACE", 0, 0, 0 },
	{ 1, "NN_NS_VERSION", 0, 0, 0 },
	{ 2, "NN_NS_DOMAIN", 0, 0, 0 },
	{ 3, "NN_NS_TRANSPORT", 0, 0, 0 },
	{ 4, "NN_NS_PROTOCOL", 0, 0, 0 },
	{ 5, "NN_NS_OPTION_LEVEL", 0, 0, 0 },
	{ 6, "NN_NS_SOCKET_OPTION", 0, 0, 0 },
	{ 7, "NN_NS_TRANSPORT_OPTION", 0, 0, 0 },
	{ 8, "NN_NS_OPTION_TYPE", 0, 0, 0 },
	{ 9, "NN_NS_OPTION_UNIT", 0, 0, 0 },
	{ 10, "NN_NS_FLAG", 0, 0, 0 },
	{ 11, "NN_NS_ERROR", 0, 0, 0 },
	{ 12, "NN_NS_LIMIT", 0, 0, 0 },
	{ 13, "NN_NS_EVENT", 0, 0, 0 },
	{ 14, "NN_NS_STATISTIC", 0, 0, 0 },
	{ 0, "NN_TYPE_NONE", 8, 0, 0 },
	{ 1, "NN_TYPE_INT", 8, 0, 0 },
	{ 2, "NN_TYPE_STR", 8, 0, 0 },
	{ 0, "NN_UNIT_NONE", 9, 0, 0 },
	{ 1, "NN_UNIT_BYTES", 9, 0, 0 },
	{ 2, "NN_UNIT_MILLISECONDS", 9, 0, 0 },
	{ 3, "NN_UNIT_PRIORITY", 9, 0, 0 },
	{ 4, "NN_UNIT_BOOLEAN", 9, 0, 0 },
	{ 6, "NN_UNIT_COUNTER", 9, 0, 0 },
	{ 5, "NN_UNIT_MESSAGES", 9, 0, 0 },
	{ 5, "NN_VERSION_CURRENT", 1, 0, 0 },
	{ 1, "NN_VERSION_REVISION", 1, 0, 0 },
	{ 0, "NN_VERSION_AGE", 1, 0, 0 },
	{ 1, "AF_SP", 2, 0, 0 },
	{ 2, "AF_SP_RAW", 2, 0, 0 },
	{ -1, "NN_INPROC", 3, 0, 0 },
	{ -2, "NN_IPC", 3, 0, 0 },
	{ -3, "NN_TCP", 3, 0, 0 },
	{ -4, "NN_WS", 3, 0, 0 },
	{ 16, "NN_PAIR", 4, 0, 0 },
	{ 32, "NN_PUB", 4, 0, 0 },
	{ 33, "NN_SUB", 4, 0, 0 },
	{ 49, "NN_REP", 4, 0, 0 },
	{ 48, "NN_REQ", 4, 0, 0 },
	{ 80, "NN_PUSH", 4, 0, 0 },
	{ 81, "NN_PULL", 4, 0, 0 },
	{ 98, "NN_SURVEYOR", 4, 0, 0 },
	{ 99, "NN_RESPONDENT", 4, 0, 0 },
	{ 112, "NN_BUS", 4, 0, 0 },
	{ 128, "NN_SOCKADDR_MAX", 12, 0, 0 },
	{ 0, "NN_SOL_SOCKET", 5, 0, 0 },
	{ 1, "NN_LINGER", 6, 1, 2 },
	{ 2, "NN_SNDBUF", 6, 1, 1 },
	{ 3, "NN_RCVBUF", 6, 1, 1 },
	{ 16, "NN_RCVMAXSIZE", 6, 1, 1 },
	{ 4, "NN_SNDTIMEO", 6, 1, 2 },
	{ 5, "NN_RCVTIMEO", 6, 1, 2 },
	{ 6, "NN_RECONNECT_IVL", 6, 1, 2 },
	{ 7, "NN_RECONNECT_IVL_MAX", 6, 1, 2 },
	{ 8, "NN_SNDPRIO", 6, 1, 3 },
	{ 9, "NN_RCVPRIO", 6, 1, 3 },
	{ 10, "NN_SNDFD", 6, 1, 0 },
	{ 11, "NN_RCVFD", 6, 1, 0 },
	{ 12, "NN_DOMAIN", 6, 1, 0 },
	{ 13, "NN_PROTOCOL", 6, 1, 0 },
	{ 14, "NN_IPV4ONLY", 6, 1, 4 },
	{ 15, "NN_SOCKET_NAME", 6, 2, 0 },
	{ 17, "NN_MAXTTL", 6, 1, 0 },
	{ 1, "NN_SUB_SUBSCRIBE", 7, 2, 0 },
	{ 2, "NN_SUB_UNSUBSCRIBE", 7, 2, 0 },
	{ 1, "NN_REQ_RESEND_IVL", 7, 1, 2 },
	{ 1, "NN_SURVEYOR_DEADLINE", 7, 1, 2 },
	{ 1, "NN_TCP_NODELAY", 7, 1, 4 },
	{ 1, "NN_WS_MSG_TYPE", 7, 1, 0 },
	{ 1, "NN_DONTWAIT", 10, 0, 0 },
	{ 1, "NN_WS_MSG_TYPE_TEXT", 10, 0, 0 },
	{ 2, "NN_WS_MSG_TYPE_BINARY", 10, 0, 0 },
	{ 1, "NN_POLLIN", 13, 0, 0 },
	{ 2, "NN_POLLOUT", 13, 0, 0 },
	{ 98, "EADDRINUSE", 11, 0, 0 },
	{ 99, "EADDRNOTAVAIL", 11, 0, 0 },
	{ 97, "EAFNOSUPPORT", 11, 0, 0 },
	{ 11, "EAGAIN", 11, 0, 0 },
	{ 9, "EBADF", 11, 0, 0 },
	{ 111, "ECONNREFUSED", 11, 0, 0 },
	{ 14, "EFAULT", 11, 0, 0 },
	{ 156384766, "EFSM", 11, 0, 0 },
	{ 115, "EINPROGRESS", 11, 0, 0 },
	{ 4, "EINTR", 11, 0, 0 },
	{ 22, "EINVAL", 11, 0, 0 },
	{ 24, "EMFILE", 11, 0, 0 },
	{ 36, "ENAMETOOLONG", 11, 0, 0 },
	{ 100, "ENETDOWN", 11, 0, 0 },
	{ 105, "ENOBUFS", 11, 0, 0 },
	{ 19, "ENODEV", 11, 0, 0 },
	{ 12, "ENOMEM", 11, 0, 0 },
	{ 92, "ENOPROTOOPT", 11, 0, 0 },
	{ 88, "ENOTSOCK", 11, 0, 0 },
	{ 95, "ENOTSUP", 11, 0, 0 },
	{ 71, "EPROTO", 11, 0, 0 },
	{ 93, "EPROTONOSUPPORT", 11, 0, 0 },
	{ 156384765, "ETERM", 11, 0, 0 },
	{ 110, "ETIMEDOUT", 11, 0, 0 },
	{ 13, "EACCES", 11, 0, 0 },
	{ 103, "ECONNABORTED", 11, 0, 0 },
	{ 104, "ECONNRESET", 11, 0, 0 },
	{ 113, "EHOSTUNREACH", 11, 0, 0 },
	{ 90, "EMSGSIZE", 11, 0, 0 },
	{ 102, "ENETRESET", 11, 0, 0 },
	{ 101, "ENETUNREACH", 11, 0, 0 },
	{ 107, "ENOTCONN", 11, 0, 0 },
	{ 101, "NN_STAT_ESTABLISHED_CONNECTIONS", 14, 1, 6 },
	{ 102, "NN_STAT_ACCEPTED_CONNECTIONS", 14, 1, 6 },
	{ 103, "NN_STAT_DROPPED_CONNECTIONS", 14, 1, 6 },
	{ 104, "NN_STAT_BROKEN_CONNECTIONS", 14, 1, 6 },
	{ 105, "NN_STAT_CONNECT_ERRORS", 14, 1, 6 },
	{ 106, "NN_STAT_BIND_ERRORS", 14, 1, 6 },
	{ 107, "NN_STAT_ACCEPT_ERRORS", 14, 1, 6 },
	{ 301, "NN_STAT_MESSAGES_SENT", 14, 1, 5 },
	{ 302, "NN_STAT_MESSAGES_RECEIVED", 14, 1, 5 },
	{ 303, "NN_STAT_BYTES_SENT", 14, 1, 1 },
	{ 304, "NN_STAT_BYTES_RECEIVED", 14, 1, 1 },
	{ 201, "NN_STAT_CURRENT_CONNECTIONS", 14, 1, 0 },
	{ 202, "NN_STAT_INPROGRESS_CONNECTIONS", 14, 1, 0 },
	{ 401, "NN_STAT_CURRENT_SND_PRIORITY", 14, 1, 3 },
	{ 203, "NN_STAT_CURRENT_EP_ERRORS", 14, 1, 0 },
	// clang-format on
};

#define SYMBOLS ((int) (sizeof(symbols) / sizeof(symbols[0])))

EXPORT const char *
nn_symbol(int i, int *value)
{
	if (i < 0 || i >= SYMBOLS) {
		errno = EINVAL;
		return NULL;
	}
	if (value != NULL) {
		*value = symbols[i].value;
	}
	return symbols[i].name;
}

// Fills in at most as many bytes as the caller has; gives how many, 0 past the end.
EXPORT int
nn_symbol_info(int i, struct nn_symbol_properties *buffer, int size)
{
	if (i < 0 || i >= SYMBOLS || size < 0) {
		return 0;
	}
	if (size > (int) sizeof(symbols[0])) {
		size = (int) sizeof(symbols[0]);
	}
	memcpy(buffer, &symbols[i], (size_t) size);
	return size;
}

// The first header, or the one behind another; NULL when what is left cannot hold one.
EXPORT struct nn_cmsghdr *
nn_cmsg_nxthdr_(const struct nn_msghdr *message, const struct nn_cmsghdr *after)
{
	const char *             start;
	const struct nn_cmsghdr *next;
	size_t                   offset, room;

	if (message == NULL || message->msg_control == NULL) {
		return NULL;
	}
	start = message->msg_control;
	room  = message->msg_controllen;
	if (room == NN_MSG) {
		// A buffer of the library's own holds one header, which a receive put there.
		return nn_cmsg_next((struct nn_msghdr *) message, (struct nn_cmsghdr *) after);
	}
	if (after != NULL && after->cmsg_len < sizeof(*after)) {
		return NULL;
	}
	offset = after == NULL ? 0 : (size_t) ((const char *) after - start) + NN_CMSG_ALIGN(after->cmsg_len);
	if (offset > room || room - offset < sizeof(*next)) {
		return NULL;
	}
	next = (const struct nn_cmsghdr *) (start + offset);
	// The first may still be empty: a program that builds control data walks to it.
	if (after != NULL && next->cmsg_len > room - offset) {
		return NULL;
	}
	return (struct nn_cmsghdr *) next;
}
