// Sending and receiving through the nanomsg interface, with control data.
#include "nanomsg.h"

#include <limits.h>

static int
flags_of(int flags, int *out)
{
	if (!IS_OLDER && (flags & ~NN_DONTWAIT) != 0) {
		return fail(EINVAL);
	}
	*out = (flags & NN_DONTWAIT) != 0 ? NNG_FLAG_NONBLOCK : 0;
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

// Whether the vector of a message can be used: -1 with errno when not. A buffer of the library's own stands alone, and
// nothing has no length.
static int
check_vector(const struct nn_msghdr *message)
{
	if (message == NULL) {
		return fail(EINVAL);
	}
	if (message->msg_iovlen < 0) {
		return fail(EMSGSIZE);
	}
	if (message->msg_iov == NULL && message->msg_iovlen > 0) {
		return fail(NO_MEMORY_GIVEN);
	}
	for (int i = 0; i < message->msg_iovlen; i++) {
		const struct nn_iovec *v = &message->msg_iov[i];
		if (v->iov_base == NULL && v->iov_len != 0) {
			return fail(NO_MEMORY_GIVEN);
		}
		if (v->iov_len == NN_MSG && message->msg_iovlen > 1) {
			return fail(EINVAL);
		}
	}
	return 0;
}

// Gathers the vector into a message; *owned says that it is the library's, not the caller's buffer.
static int
gather(const struct nn_msghdr *message, nng_msg **out, bool *owned)
{
	int rv;

	*owned = true;
	if (message->msg_iovlen == 1 && message->msg_iov[0].iov_len == NN_MSG) {
		*out   = message_of(*(void **) message->msg_iov[0].iov_base);
		*owned = false;
		return 0;
	}
	if ((rv = nng_msg_alloc(out, 0)) != 0) {
		return rv;
	}
	for (int i = 0; i < message->msg_iovlen; i++) {
		if ((rv = nng_msg_append(*out, message->msg_iov[i].iov_base, message->msg_iov[i].iov_len)) != 0) {
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

	if (check_vector(message) != 0 || flags_of(flags, &flags) != 0) {
		return -1;
	}
	if (message->msg_iovlen == 1 && message->msg_iov[0].iov_len == NN_MSG
	    && *(void **) message->msg_iov[0].iov_base == NULL) {
		return fail(NO_MEMORY_GIVEN);
	}
	if ((rv = gather(message, &m, &owned)) != 0) {
		return fail(nns_errno(rv));
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
		return fail(nns_errno(rv));
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

	// Known before anything is received, so that nothing is lost.
	if (check_vector(message) != 0 || flags_of(flags, &flags) != 0) {
		return -1;
	}
	if ((rv = nng_recvmsg(socket_of(s), &m, flags)) != 0) {
		return fail(nns_errno(rv));
	}
	if ((rv = give_control(m, message)) != 0) {
		nng_msg_free(m);
		return fail(nns_errno(rv));
	}
	length = nng_msg_len(m);
	if (message->msg_iovlen == 1 && message->msg_iov[0].iov_len == NN_MSG) {
		void *buffer = nns_buffer_of(m);
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
