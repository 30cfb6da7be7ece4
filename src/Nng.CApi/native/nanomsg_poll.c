// nn_poll.
#include "nanomsg.h"

#include <poll.h>
#include <stdlib.h>

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
				return fail(IS_OLDER && rv == NNG_ENOTSUP ? ENOPROTOOPT : nns_errno(rv));
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
