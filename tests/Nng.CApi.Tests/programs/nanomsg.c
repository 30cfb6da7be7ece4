// The nanomsg interface.
#include "check.h"

#include <errno.h>
#include <poll.h>

#include <nng/compat/nanomsg/bus.h>
#include <nng/compat/nanomsg/nn.h>
#include <nng/compat/nanomsg/pair.h>
#include <nng/compat/nanomsg/pipeline.h>
#include <nng/compat/nanomsg/pubsub.h>
#include <nng/compat/nanomsg/reqrep.h>
#include <nng/compat/nanomsg/survey.h>
#include <nng/compat/nanomsg/tcp.h>
#include <nng/compat/nanomsg/ws.h>

#define SHOW_NN(expression)                                                                                            \
	do {                                                                                                           \
		errno     = 0;                                                                                         \
		int rv_   = (expression);                                                                              \
		int code_ = rv_ < 0 ? nn_errno() : 0;                                                                  \
		printf("%s:%d: %s = %d errno %d\n", __func__, __LINE__, #expression, rv_, code_);                      \
	} while (0)

static void
texts(void)
{
	static const int codes[] = { 0, EINTR, ENOMEM, EINVAL, EBUSY, ETIMEDOUT, ECONNREFUSED, EBADF, EAGAIN, ENOTSUP,
		EADDRINUSE, EFSM, ENOENT, EPROTO, EHOSTUNREACH, EACCES, EMSGSIZE, ECONNABORTED, ECONNRESET, EEXIST, EMFILE,
		ENOSPC, EIO, ETERM, EAFNOSUPPORT, ENOPROTOOPT, 12345 };
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		SHOW_TEXT(nn_strerror(codes[i]));
	}
	errno = EDOM;
	SHOW(nn_errno() == EDOM);
}

static void
opening(void)
{
	static const int protocols[] = { NN_PAIR, NN_PUB, NN_SUB, NN_REQ, NN_REP, NN_PUSH, NN_PULL, NN_SURVEYOR,
		NN_RESPONDENT, NN_BUS };
	SHOW_NN(nn_socket(3, NN_PAIR));
	SHOW_NN(nn_socket(AF_SP, 17));
	SHOW_NN(nn_socket(AF_SP, 1));
	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++) {
		for (int domain = AF_SP; domain <= AF_SP_RAW; domain++) {
			int    s = nn_socket(domain, protocols[i]);
			int    value = -1;
			size_t size  = sizeof(value);
			SHOW(s > 0);
			SHOW_NN(nn_getsockopt(s, NN_SOL_SOCKET, NN_DOMAIN, &value, &size));
			SHOW(value);
			SHOW_NN(nn_getsockopt(s, NN_SOL_SOCKET, NN_PROTOCOL, &value, &size));
			SHOW(value);
			SHOW_NN(nn_close(s));
			SHOW_NN(nn_close(s));
		}
	}
}

static void
get(int s, int level, int option)
{
	int    value = -99;
	size_t size  = sizeof(value);
	int    rv    = nn_getsockopt(s, level, option, &value, &size);
	printf("get %d %d = %d errno %d size %zu value %d\n", level, option, rv, rv < 0 ? nn_errno() : 0, size,
	    option == NN_SNDFD || option == NN_RCVFD ? 0 : value);
}

static void
set(int s, int level, int option, int value)
{
	int rv = nn_setsockopt(s, level, option, &value, sizeof(value));
	printf("set %d %d %d = %d errno %d\n", level, option, value, rv, rv < 0 ? nn_errno() : 0);
}

static void
options(void)
{
	int    s = nn_socket(AF_SP, NN_REQ), sub = nn_socket(AF_SP, NN_SUB), sv = nn_socket(AF_SP, NN_SURVEYOR);
	char   name[80];
	size_t size;

	for (int option = 0; option <= 18; option++) {
		if (option != NN_SOCKET_NAME) {
			get(s, NN_SOL_SOCKET, option);
		}
	}
	for (int option = 0; option <= 18; option++) {
		if (option != NN_SOCKET_NAME) {
			set(s, NN_SOL_SOCKET, option, 3);
			set(s, NN_SOL_SOCKET, option, -1);
			set(s, NN_SOL_SOCKET, option, -2);
		}
	}
	get(s, NN_SOL_SOCKET, NN_SNDBUF);
	get(s, NN_SOL_SOCKET, NN_SNDTIMEO);
	get(s, NN_SOL_SOCKET, NN_MAXTTL);
	set(s, NN_SOL_SOCKET, NN_RCVMAXSIZE, 4000);
	get(s, NN_SOL_SOCKET, NN_RCVMAXSIZE);
	set(s, NN_SOL_SOCKET, NN_RCVBUF, 8388608);
	set(s, NN_SOL_SOCKET, NN_RCVBUF, 8388609);
	SHOW_NN(nn_setsockopt(s, NN_SOL_SOCKET, NN_SNDBUF, "x", 1));
	SHOW_NN(nn_setsockopt(s, NN_SOL_SOCKET, NN_SNDTIMEO, "x", 1));
	SHOW_NN(nn_setsockopt(s, NN_SOL_SOCKET, NN_SOCKET_NAME, "name", 5));
	SHOW_NN(nn_setsockopt(s, NN_SOL_SOCKET, NN_SOCKET_NAME, "name", 4));
	size = sizeof(name);
	SHOW_NN(nn_getsockopt(s, NN_SOL_SOCKET, NN_SOCKET_NAME, name, &size));
	SHOW(size);
	SHOW_TEXT(name);
	set(s, NN_REQ, NN_REQ_RESEND_IVL, 250);
	get(s, NN_REQ, NN_REQ_RESEND_IVL);
	get(s, NN_REQ, 1);
	set(s, NN_TCP, NN_TCP_NODELAY, 1);
	get(s, NN_TCP, NN_TCP_NODELAY);
	set(s, NN_TCP, NN_TCP_NODELAY, 2);
	set(s, NN_WS, NN_WS_MSG_TYPE, NN_WS_MSG_TYPE_TEXT);
	set(s, NN_WS, NN_WS_MSG_TYPE, NN_WS_MSG_TYPE_BINARY);
	get(s, NN_WS, NN_WS_MSG_TYPE);
	get(s, -2, 1);
	set(s, -2, 1, 1);
	set(sv, NN_SURVEYOR, NN_SURVEYOR_DEADLINE, 77);
	get(sv, NN_SURVEYOR, NN_SURVEYOR_DEADLINE);
	SHOW_NN(nn_setsockopt(sub, NN_SUB, NN_SUB_SUBSCRIBE, "t", 1));
	SHOW_NN(nn_setsockopt(sub, NN_SUB, NN_SUB_UNSUBSCRIBE, "u", 1));
	SHOW_NN(nn_setsockopt(sub, NN_SUB, NN_SUB_UNSUBSCRIBE, "t", 1));
	SHOW_NN(nn_setsockopt(s, NN_SUB, NN_SUB_SUBSCRIBE, "t", 1));
	get(sub, NN_SUB, NN_SUB_SUBSCRIBE);
	set(sub, NN_SOL_SOCKET, NN_MAXTTL, 3);
	nn_close(s);
	nn_close(sub);
	nn_close(sv);
	get(s, NN_SOL_SOCKET, NN_SNDBUF);
	set(s, NN_SOL_SOCKET, NN_SNDTIMEO, 3);
	SHOW(nn_get_statistic(s, 101));
}

static void
exchange(void)
{
	int         a = nn_socket(AF_SP, NN_PAIR), b = nn_socket(AF_SP, NN_PAIR);
	const char *url = scratch("inproc");
	char        buffer[64], more[8];
	void *      message, *received;
	int         timeout = 20000;

	nn_setsockopt(a, NN_SOL_SOCKET, NN_RCVTIMEO, &timeout, sizeof(timeout));
	nn_setsockopt(b, NN_SOL_SOCKET, NN_RCVTIMEO, &timeout, sizeof(timeout));
	SHOW(nn_bind(a, url) > 0);
	SHOW(nn_connect(b, url) > 0);
	SHOW_NN(nn_bind(a, "no url"));
	SHOW_NN(nn_connect(a, "nothing://x"));
	SHOW_NN(nn_send(b, "0123456789", 10, 0));
	SHOW_NN(nn_recv(a, buffer, 4, 0));
	SHOW_BYTES(buffer, 4);
	SHOW_NN(nn_send(b, "x", 1, 99));
	SHOW_NN(nn_recv(a, buffer, 4, NN_DONTWAIT));
	message = nn_allocmsg(256, 0);
	memset(message, 'm', 256);
	SHOW_NN(nn_send(b, &message, NN_MSG, 0));
	SHOW_NN(nn_recv(a, &received, NN_MSG, 0));
	SHOW(((char *) received)[255]);
	SHOW_NN(nn_freemsg(received));
	SHOW_NN(nn_send(b, "", 0, 0));
	SHOW_NN(nn_recv(a, &received, NN_MSG, 0));
	SHOW(received != NULL);
	SHOW_NN(nn_freemsg(received));

	struct nn_iovec  out[2] = { { "AB", 2 }, { "CDEF", 4 } };
	struct nn_iovec  in[2]  = { { buffer, 3 }, { more, 8 } };
	struct nn_msghdr header = { out, 2, NULL, 0 };
	SHOW_NN(nn_sendmsg(b, &header, 0));
	header.msg_iov = in;
	SHOW_NN(nn_recvmsg(a, &header, 0));
	SHOW_BYTES(buffer, 3);
	SHOW_BYTES(more, 3);
	header.msg_iovlen = -1;
	SHOW_NN(nn_sendmsg(b, &header, 0));
	SHOW_NN(nn_recvmsg(b, &header, 0));
	SHOW_NN(nn_sendmsg(b, NULL, 0));
	SHOW_NN(nn_recvmsg(b, NULL, 0));

	struct nn_pollfd fds[2] = { { a, NN_POLLIN | NN_POLLOUT, 77 }, { b, NN_POLLIN | NN_POLLOUT, 77 } };
	SHOW_NN(nn_send(b, "x", 1, 0));
	usleep(50000);
	SHOW_NN(nn_poll(fds, 2, 1000));
	SHOW(fds[0].revents);
	SHOW(fds[1].revents);
	SHOW_NN(nn_recv(a, buffer, 4, 0));
	fds[0].events = NN_POLLIN;
	SHOW_NN(nn_poll(fds, 1, 10));
	SHOW(fds[0].revents);
	SHOW_NN(nn_shutdown(a, 99999));
	SHOW_NN(nn_close(a));
	SHOW_NN(nn_send(a, "x", 1, 0));
	fds[0].fd = a;
	SHOW_NN(nn_poll(fds, 1, 10));
	SHOW_NN(nn_close(b));
}

static void
buffers(void)
{
	char *p, *q;

	SHOW(nn_allocmsg(0, 0) == NULL);
	SHOW(nn_errno());
	SHOW(nn_allocmsg(1, 1) == NULL);
	SHOW(nn_errno());
	SHOW(nn_allocmsg((size_t) -3, 0) == NULL);
	p = nn_allocmsg(5, 0);
	memcpy(p, "hello", 5);
	q = nn_reallocmsg(p, 65536);
	SHOW(q != NULL);
	p = nn_reallocmsg(q, 5);
	SHOW(p == q);
	SHOW(nn_reallocmsg(p, (size_t) -3) == NULL);
	SHOW(nn_errno());
	SHOW_NN(nn_freemsg(p));
}

static void
control(void)
{
	int         req = nn_socket(AF_SP, NN_REQ), rep = nn_socket(AF_SP_RAW, NN_REP);
	const char *url = scratch("inproc");
	char        body[16], ctrl[256];
	void *      allocated = NULL;
	int         timeout   = 20000;

	nn_setsockopt(req, NN_SOL_SOCKET, NN_RCVTIMEO, &timeout, sizeof(timeout));
	nn_setsockopt(rep, NN_SOL_SOCKET, NN_RCVTIMEO, &timeout, sizeof(timeout));
	SHOW(nn_bind(rep, url) > 0);
	SHOW(nn_connect(req, url) > 0);
	SHOW_NN(nn_recv(req, body, sizeof(body), 0));
	SHOW_NN(nn_send(req, "ABC", 3, 0));

	struct nn_iovec    iov    = { body, sizeof(body) };
	struct nn_msghdr   header = { &iov, 1, ctrl, sizeof(ctrl) };
	struct nn_cmsghdr *item;
	SHOW_NN(nn_recvmsg(rep, &header, 0));
	item = NN_CMSG_FIRSTHDR(&header);
	SHOW(item != NULL);
	SHOW(item->cmsg_len);
	SHOW(item->cmsg_level);
	SHOW(item->cmsg_type);
	SHOW(*(size_t *) NN_CMSG_DATA(item));
	SHOW(NN_CMSG_DATA(item)[8 + 4] & 0x80);
	SHOW(NN_CMSG_NXTHDR(&header, item) == NULL);
	iov.iov_len = 3;
	SHOW_NN(nn_sendmsg(rep, &header, 0));
	SHOW_NN(nn_recv(req, body, sizeof(body), 0));
	SHOW_BYTES(body, 3);

	// Once more, with a control buffer that the library allocates.
	SHOW_NN(nn_send(req, "DEF", 3, 0));
	iov.iov_len           = sizeof(body);
	header.msg_control    = &allocated;
	header.msg_controllen = NN_MSG;
	SHOW_NN(nn_recvmsg(rep, &header, 0));
	item = NN_CMSG_FIRSTHDR(&header);
	SHOW(item != NULL);
	SHOW(item->cmsg_len);
	iov.iov_len = 3;
	SHOW_NN(nn_sendmsg(rep, &header, 0));
	SHOW_NN(nn_recv(req, body, sizeof(body), 0));
	SHOW_BYTES(body, 3);

	// A control buffer that is too small.
	SHOW_NN(nn_send(req, "GHI", 3, 0));
	iov.iov_len           = sizeof(body);
	header.msg_control    = ctrl;
	header.msg_controllen = 8;
	SHOW_NN(nn_recvmsg(rep, &header, 0));
	SHOW(NN_CMSG_FIRSTHDR(&header) == NULL);
	SHOW_NN(nn_close(req));
	SHOW_NN(nn_close(rep));
}

static void *
terminate(void *arg)
{
	(void) arg;
	usleep(50000);
	nn_term();
	return NULL;
}

static void
devices(void)
{
	int       s = nn_socket(AF_SP, NN_PAIR), raw = nn_socket(AF_SP_RAW, NN_REP);
	char      buffer[4];
	pthread_t thread;

	SHOW_NN(nn_device(s, s));
	SHOW_NN(nn_device(raw, s));
	SHOW_NN(nn_device(99999, 99998));
	pthread_create(&thread, NULL, terminate, NULL);
	SHOW_NN(nn_recv(s, buffer, sizeof(buffer), 0));
	pthread_join(thread, NULL);
	s = nn_socket(AF_SP, NN_PAIR);
	SHOW(s > 0);
	SHOW_NN(nn_close(s));
}

int
main(void)
{
	texts();
	opening();
	options();
	exchange();
	buffers();
	control();
	devices();
	return 0;
}
