// The older nanomsg interface over the same sockets.
#ifndef NNG_COMPAT_NANOMSG_NN_H
#define NNG_COMPAT_NANOMSG_NN_H

#ifdef __cplusplus
extern "C" {
#endif

#include <errno.h>
#include <stddef.h>
#include <stdint.h>

#ifndef NN_DECL
#define NN_DECL extern
#endif

#define AF_SP 1
#define AF_SP_RAW 2

#define NN_SOCKADDR_MAX 128
#define NN_MSG ((size_t) -1)

// Option levels.
#define NN_SOL_SOCKET 0

// Options of sockets.
#define NN_LINGER 1
#define NN_SNDBUF 2
#define NN_RCVBUF 3
#define NN_SNDTIMEO 4
#define NN_RCVTIMEO 5
#define NN_RECONNECT_IVL 6
#define NN_RECONNECT_IVL_MAX 7
#define NN_SNDPRIO 8
#define NN_RCVPRIO 9
#define NN_SNDFD 10
#define NN_RCVFD 11
#define NN_DOMAIN 12
#define NN_PROTOCOL 13
#define NN_IPV4ONLY 14
#define NN_SOCKET_NAME 15
#define NN_RCVMAXSIZE 16
#define NN_MAXTTL 17

#define NN_DONTWAIT 1

// Control data.
#define PROTO_SP 1
#define SP_HDR 1

// nn_poll.
#define NN_POLLIN 1
#define NN_POLLOUT 2

// Errors that the system lacks.
#define NN_ERRBASE (0x10000000)
#ifndef ETERM
#define ETERM (NN_ERRBASE + 29)
#endif
#ifndef EFSM
#define EFSM (NN_ERRBASE + 30)
#endif

struct nn_pollfd {
	int      fd;
	uint16_t events;
	uint16_t revents;
};

struct nn_iovec {
	void * iov_base;
	size_t iov_len;
};

struct nn_msghdr {
	struct nn_iovec *msg_iov;
	int              msg_iovlen;
	void *           msg_control;
	size_t           msg_controllen;
};

struct nn_cmsghdr {
	size_t cmsg_len;
	int    cmsg_level;
	int    cmsg_type;
};

#define NN_CMSG_ALIGN(len) (((len) + sizeof(size_t) - 1) & (size_t) ~(sizeof(size_t) - 1))
#define NN_CMSG_DATA(c) ((unsigned char *) (((struct nn_cmsghdr *) (c)) + 1))
#define NN_CMSG_SPACE(len) (NN_CMSG_ALIGN(len) + NN_CMSG_ALIGN(sizeof(struct nn_cmsghdr)))
#define NN_CMSG_LEN(len) (NN_CMSG_ALIGN(sizeof(struct nn_cmsghdr)) + (len))
#define NN_CMSG_FIRSTHDR(h) nn_cmsg_next((struct nn_msghdr *) (h), NULL)
#define NN_CMSG_NXTHDR(h, c) nn_cmsg_next((struct nn_msghdr *) (h), (struct nn_cmsghdr *) (c))

NN_DECL struct nn_cmsghdr *nn_cmsg_next(struct nn_msghdr *, struct nn_cmsghdr *);
NN_DECL int      nn_socket(int, int);
NN_DECL int      nn_setsockopt(int, int, int, const void *, size_t);
NN_DECL int      nn_getsockopt(int, int, int, void *, size_t *);
NN_DECL int      nn_bind(int, const char *);
NN_DECL int      nn_connect(int, const char *);
NN_DECL int      nn_shutdown(int, int);
NN_DECL int      nn_send(int, const void *, size_t, int);
NN_DECL int      nn_recv(int, void *, size_t, int);
NN_DECL int      nn_sendmsg(int, const struct nn_msghdr *, int);
NN_DECL int      nn_recvmsg(int, struct nn_msghdr *, int);
NN_DECL int      nn_close(int);
NN_DECL int      nn_poll(struct nn_pollfd *, int, int);
NN_DECL int      nn_device(int, int);
NN_DECL uint64_t nn_get_statistic(int, int);
NN_DECL void *   nn_allocmsg(size_t, int);
NN_DECL void *   nn_reallocmsg(void *, size_t);
NN_DECL int      nn_freemsg(void *);
NN_DECL int      nn_errno(void);
NN_DECL const char *nn_strerror(int);
NN_DECL void     nn_term(void);

#ifdef __cplusplus
}
#endif

#endif
