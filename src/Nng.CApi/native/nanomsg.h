// What the files of the nanomsg interface share. They are thin over the native one, with errno. Compiled into libnng.so.1, and
// once more, with NNG_LIBNANOMSG, into libnanomsg.so.5, whose numbers for two errors and some options differ.
#ifndef NNG_NANOMSG_H
#define NNG_NANOMSG_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <nng/compat/nanomsg/nn.h>
#include <nng/nng.h>

#define EXPORT __attribute__((visibility("default")))

#ifdef NNG_LIBNANOMSG
#undef EFSM
#undef ETERM
#define ETERM 156384765
#define EFSM 156384766
// And its own words and numbers for a few failures.
enum { IS_OLDER = 1, UNKNOWN_PROTOCOL = EINVAL, UNKNOWN_SCHEME = EPROTONOSUPPORT, UNKNOWN_ENDPOINT = EINVAL, NO_MEMORY_GIVEN = EFAULT };
#else
enum { IS_OLDER = 0, UNKNOWN_PROTOCOL = ENOTSUP, UNKNOWN_SCHEME = ENOTSUP, UNKNOWN_ENDPOINT = ENOENT, NO_MEMORY_GIVEN = EINVAL };
#endif

// The errno of one of our error numbers.
int nns_errno(int nng);

static inline int
fail(int posix)
{
	errno = posix;
	return -1;
}

// 0, or -1 with errno.
static inline int
outcome(int nng)
{
	return nng == 0 ? 0 : fail(nns_errno(nng));
}

static inline nng_socket
socket_of(int id)
{
	nng_socket s;
	s.id = (uint32_t) id;
	return s;
}

// A buffer is the body of a message, whose pointer stands in the eight bytes before it.
enum { PREFIX = sizeof(nng_msg *) };

static inline nng_msg *
message_of(void *buffer)
{
	nng_msg *m;
	memcpy(&m, (char *) buffer - PREFIX, PREFIX);
	return m;
}

// The buffer of a message: writes the pointer in front of the body. NULL when there is no memory.
void *nns_buffer_of(nng_msg *m);

// Makes and starts a listener or a dialer, whose id no other endpoint of the socket has; 0 or an error number of ours.
int nns_endpoint_make(int socket, const char *url, bool listens, int *id);

// Forgets an endpoint of a socket; false when there is none.
bool nns_endpoint_take(int socket, int id, bool *listens);

// Closes an endpoint of a socket.
int nns_endpoint_close(int socket, int id);

// Forgets the endpoints of a closed socket; of all sockets for -1. In libnng.so.1 the native interface does, whoever closes.
void nns_endpoints_forget(int socket);

#ifdef NNG_LIBNANOMSG
// What that library's sockets have beyond ours: see libnanomsg/options.c.
void nns_older_open(nng_socket s);
void nns_older_forget(int socket);
bool nns_older_set(nng_socket s, int option, const void *value, size_t size, int *rv);
// An address with the name of an interface becomes one of ours, written into the room; 0 or an errno. A dialer's own end, if the
// address says it, is of family unspecified otherwise.
int nns_older_listen_url(const char **url, char *room, size_t size);
int nns_older_dial_url(const char **url, char *room, size_t size, nng_sockaddr *local);

bool nns_older_get(nng_socket s, int option, void *value, size_t *size, int *rv);

struct nn_cmsghdr *nn_cmsg_next(struct nn_msghdr *message, struct nn_cmsghdr *after);
#endif

#endif
