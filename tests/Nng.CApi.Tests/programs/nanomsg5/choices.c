// The older library's options with their defaults and ranges, flags, memory that is not there, endpoints, and its end.
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <sys/socket.h>

#include <nanomsg/bus.h>
#include <nanomsg/nn.h>
#include <nanomsg/pair.h>
#include <nanomsg/pipeline.h>
#include <nanomsg/pubsub.h>
#include <nanomsg/reqrep.h>
#include <nanomsg/survey.h>
#include <nanomsg/tcp.h>

#define SHOW(expression) printf("%s:%d: %s = %lld\n", __func__, __LINE__, #expression, (long long) (expression))

// The result of a call, and its number if it failed.
#define TELL(expression)                                                                   \
	do {                                                                               \
		long long result_;                                                         \
		errno   = 0;                                                               \
		result_ = (long long) (expression);                                        \
		printf("%s:%d: %s = %lld, %d\n", __func__, __LINE__, #expression, result_, \
		    result_ < 0 ? nn_errno() : 0);                                         \
	} while (0)

static const int protocols[] = { NN_PAIR, NN_PUB, NN_SUB, NN_REQ, NN_REP, NN_PUSH, NN_PULL, NN_SURVEYOR, NN_RESPONDENT,
	NN_BUS };

static int
set(int s, int level, int option, int value)
{
	return nn_setsockopt(s, level, option, &value, sizeof(value));
}

// An option as text.
static const char *
get(int s, int level, int option)
{
	static char text[64];
	int         value = -77;
	size_t      size  = sizeof(value);
	int         rv    = nn_getsockopt(s, level, option, &value, &size);

	snprintf(text, sizeof(text), "%d, %d of %d bytes", rv == 0 ? 0 : nn_errno(), rv == 0 ? value : 0, (int) size);
	return text;
}

// Every integer option, what it is at first and after values in and out of its range.
static void
options(int protocol)
{
	static const int names[] = { NN_LINGER, NN_SNDBUF, NN_RCVBUF, NN_SNDTIMEO, NN_RCVTIMEO, NN_RECONNECT_IVL,
		NN_RECONNECT_IVL_MAX, NN_SNDPRIO, NN_RCVPRIO, NN_DOMAIN, NN_PROTOCOL, NN_IPV4ONLY, NN_RCVMAXSIZE, NN_MAXTTL, 99 };
	static const int values[] = { -2, -1, 0, 1, 8, 17, 256, 100000 };
	int              s        = nn_socket(AF_SP, protocol);
	char             name[80];
	size_t           size = sizeof(name);

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		printf("protocol %d, option %d: %s\n", protocol, names[i], get(s, NN_SOL_SOCKET, names[i]));
		for (size_t k = 0; k < sizeof(values) / sizeof(values[0]); k++) {
			int rv = set(s, NN_SOL_SOCKET, names[i], values[k]);
			printf("%d becomes %d: %d", names[i], values[k], rv == 0 ? 0 : nn_errno());
			// Times below -1 are for ever, whatever number is told; a limit of 0 is none with us.
			if (values[k] == -2 || (names[i] == NN_RCVMAXSIZE && values[k] == 0)) {
				printf("\n");
			} else {
				printf(", now %s\n", get(s, NN_SOL_SOCKET, names[i]));
			}
		}
	}
	TELL(set(s, NN_SOL_SOCKET, NN_SNDFD, 1));
	TELL(set(s, NN_SOL_SOCKET, NN_RCVFD, 1));
	TELL(nn_setsockopt(s, NN_SOL_SOCKET, NN_SNDBUF, name, 3));
	TELL(nn_setsockopt(s, NN_SOL_SOCKET, NN_SOCKET_NAME, "five5", 5));
	TELL(nn_getsockopt(s, NN_SOL_SOCKET, NN_SOCKET_NAME, name, &size));
	SHOW(size);
	printf("%s\n", name);
	printf("no delay: %s\n", get(s, NN_TCP, NN_TCP_NODELAY));
	TELL(set(s, NN_TCP, NN_TCP_NODELAY, 1));
	printf("no delay: %s\n", get(s, NN_TCP, NN_TCP_NODELAY));
	TELL(set(s, NN_TCP, NN_TCP_NODELAY, 2));
	TELL(nn_close(s));
	printf("closed: %s\n", get(s, NN_SOL_SOCKET, NN_LINGER));
	TELL(set(s, NN_SOL_SOCKET, NN_SNDPRIO, 8));
}

static void
absent(void)
{
	int              a = nn_socket(AF_SP, NN_PAIR), b = nn_socket(AF_SP, NN_PAIR);
	char             text[8];
	void *           nothing = NULL;
	void *           empty;
	struct nn_iovec  vector = { NULL, 3 };
	struct nn_msghdr header = { .msg_iov = &vector, .msg_iovlen = -1 };
	struct nn_pollfd polled = { .fd = 12345, .events = NN_POLLIN };

	TELL(nn_bind(a, "inproc://absent") > 0);
	TELL(nn_connect(b, "inproc://absent") > 0);
	TELL(nn_send(a, NULL, 1, 0));
	TELL(nn_send(a, &nothing, NN_MSG, 0));
	TELL(nn_sendmsg(a, &header, 0));
	TELL(nn_recvmsg(a, &header, 0));
	header.msg_iovlen = 1;
	TELL(nn_sendmsg(a, &header, 0));
	// Flags that are none are nobody's business.
	TELL(nn_send(a, "flags", 5, 76));
	TELL(nn_recv(b, text, sizeof(text), 4));
	TELL(nn_recv(b, text, sizeof(text), 77));
	TELL((empty = nn_allocmsg(0, 0)) != NULL);
	TELL(nn_send(a, &empty, NN_MSG, 0));
	TELL(nn_recv(b, text, sizeof(text), 0));
	TELL(nn_allocmsg(1, 1) != NULL);
	TELL(nn_allocmsg((size_t) -1, 0) != NULL);
	TELL(nn_poll(&polled, 1, 0));
	TELL(nn_shutdown(12345, 1));
	TELL(nn_device(-1, -1));
	TELL(nn_device(12345, -1));
	TELL(nn_close(a));
	TELL(nn_close(b));
}

// Binds, with patience: an endpoint that was shut down may take a moment.
static int
binds(int s, const char *url)
{
	int rv = -1;

	for (int tries = 0; tries < 2000 && (rv = nn_bind(s, url)) < 0; tries++) {
		usleep(5000);
	}
	return rv > 0;
}

// A node of a bus listens and connects: each of its numbers is one endpoint, and nobody else's.
static void
endpoints(void)
{
	int  hub = nn_socket(AF_SP, NN_BUS), node = nn_socket(AF_SP, NN_BUS), other = nn_socket(AF_SP, NN_BUS);
	int  ids[6];
	bool differ = true;

	TELL(nn_bind(hub, "inproc://hub") > 0);
	for (int i = 0; i < 6; i += 2) {
		char url[32];
		snprintf(url, sizeof(url), "inproc://node%d", i);
		TELL((ids[i] = nn_bind(node, url)) > 0);
		TELL((ids[i + 1] = nn_connect(node, "inproc://hub")) > 0);
	}
	for (int i = 0; i < 6; i++) {
		for (int k = 0; k < i; k++) {
			differ = differ && ids[i] != ids[k];
		}
	}
	SHOW(differ);
	// A listener of the node's goes, not what has the number elsewhere.
	TELL(nn_shutdown(node, ids[2]));
	TELL(binds(other, "inproc://node2"));
	TELL(nn_bind(other, "inproc://node0"));
	TELL(nn_bind(other, "inproc://node4"));
	TELL(nn_shutdown(node, ids[2]));
	for (int i = 0; i < 6; i++) {
		if (i != 2) {
			TELL(nn_shutdown(node, ids[i]));
		}
	}
	TELL(binds(other, "inproc://node0"));
	TELL(nn_close(hub));
	TELL(nn_close(node));
	TELL(nn_close(other));
}

// Listens and connects at addresses with a free port put in; errnos.
static void
addresses(const char *listens, const char *dials)
{
	struct sockaddr_in any  = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int                port = getpid() * 97 % 20000;
	int                free = socket(AF_INET, SOCK_STREAM, 0), far = nn_socket(AF_SP, NN_PAIR), near = nn_socket(AF_SP, NN_PAIR);
	int                limit = 10000, rv;
	char               url[64], text[8];

	// Below the ports of outgoing connections.
	do {
		port         = (port + 1) % 20000;
		any.sin_port = htons(12000 + port);
	} while (bind(free, (struct sockaddr *) &any, sizeof(any)) != 0);
	close(free);
	nn_setsockopt(far, NN_SOL_SOCKET, NN_RCVTIMEO, &limit, sizeof(limit));
	snprintf(url, sizeof(url), listens, ntohs(any.sin_port));
	rv = nn_bind(far, url);
	printf("listen %s: %d", listens, rv > 0 ? 0 : nn_errno());
	if (dials != NULL) {
		snprintf(url, sizeof(url), dials, ntohs(any.sin_port));
		rv = nn_connect(near, url);
		printf(", dial %s: %d", dials, rv > 0 ? 0 : nn_errno());
		if (rv > 0 && strchr(listens, '1') != NULL) {
			printf(", sent %d", nn_send(near, "bytes", 5, 0));
			printf(", received %d", nn_recv(far, text, sizeof(text), 0));
		}
	}
	printf("\n");
	nn_close(far);
	nn_close(near);
}

static void *
waits(void *arg)
{
	char text[4];
	int  rv = nn_recv(*(int *) arg, text, sizeof(text), 0);

	printf("waited: %d, %d\n", rv, nn_errno());
	return NULL;
}

static void
end(void)
{
	int       s = nn_socket(AF_SP, NN_PULL);
	pthread_t thread;
	char      text[4];

	pthread_create(&thread, NULL, waits, &s);
	usleep(50000);
	nn_term();
	pthread_join(thread, NULL);
	TELL(nn_socket(AF_SP, NN_PAIR));
	TELL(nn_socket(77, NN_PAIR));
	TELL(nn_recv(s, text, sizeof(text), 0));
	TELL(nn_bind(s, "inproc://x"));
	TELL(nn_close(s));
	TELL(nn_shutdown(s, 1));
	nn_term();
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++) {
		options(protocols[i]);
	}
	absent();
	endpoints();
	addresses("tcp://127.0.0.1:%d", "tcp://127.0.0.1:%d");
	addresses("tcp://127.0.0.1:%d", "tcp://127.0.0.1;127.0.0.1:%d");
	addresses("tcp://127.0.0.1:%d", "tcp://*;127.0.0.1:%d");
	addresses("tcp://127.0.0.1:%d", "tcp://nobody9;127.0.0.1:%d");
	addresses("tcp://127.0.0.1:%d", "tcp://lo;127.0.0.1:%d");
	addresses("tcp://nobody9:%d", NULL);
	addresses("tcp://no.host.invalid:%d", NULL);
	addresses("tcp://lo:%d", NULL);
	addresses("tcp://:%d", NULL);
	addresses("tcp://127.0.0.1:x%d", NULL);
	end();
	return 0;
}
