// The older library's own names and numbers, and one conversation of each kind of call.
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <nanomsg/nn.h>
#include <nanomsg/pair.h>
#include <nanomsg/pipeline.h>
#include <nanomsg/reqrep.h>
#include <nanomsg/tcp.h>

#define SHOW(expression) printf("%s:%d: %s = %lld\n", __func__, __LINE__, #expression, (long long) (expression))
#define SHOW_TEXT(expression)                                                                   \
	do {                                                                                    \
		const char *text_ = (expression);                                               \
		printf("%s:%d: %s = %s\n", __func__, __LINE__, #expression, text_ ? text_ : "NULL"); \
	} while (0)

// A call that fails, with its number.
#define FAILS(expression)                     \
	do {                                  \
		errno = 0;                    \
		SHOW(expression);             \
		SHOW(nn_errno());             \
	} while (0)

static void
symbols(void)
{
	struct nn_symbol_properties all;
	const char *                name;
	int                         i, value = 0;

	for (i = 0; (name = nn_symbol(i, &value)) != NULL; i++) {
		printf("%d %s %d\n", i, name, value);
	}
	SHOW(i);
	FAILS(nn_symbol(-1, &value) == NULL);
	for (i = 0; nn_symbol_info(i, &all, sizeof(all)) == (int) sizeof(all); i++) {
		printf("%d %s %d %d %d %d\n", i, all.name, all.value, all.ns, all.type, all.unit);
	}
	SHOW(nn_symbol_info(i, &all, sizeof(all)));
	memset(&all, 0, sizeof(all));
	SHOW(nn_symbol_info(0, &all, sizeof(int)));
	SHOW(all.name == NULL);
}

static void
errors(void)
{
	SHOW(ETERM);
	SHOW(EFSM);
	SHOW_TEXT(nn_strerror(ETERM));
	SHOW_TEXT(nn_strerror(EFSM));
	SHOW_TEXT(nn_strerror(EINVAL));
	for (int number = 0; number < 140; number++) {
		SHOW_TEXT(nn_strerror(number));
	}
	FAILS(nn_socket(AF_SP, 12345));
	FAILS(nn_socket(77, NN_PAIR));
	FAILS(nn_close(12345));
	FAILS(nn_send(12345, "x", 1, 0));
	FAILS(nn_allocmsg(0, 77) == NULL);

	int s = nn_socket(AF_SP, NN_REP);
	FAILS(nn_send(s, "x", 1, 0));
	FAILS(nn_bind(s, "no address"));
	FAILS(nn_bind(s, "gopher://x"));
	FAILS(nn_connect(s, "gopher://x"));
	FAILS(nn_shutdown(s, 77));
	int    number = 0;
	size_t size   = sizeof(number);
	FAILS(nn_getsockopt(s, 4711, 1, &number, &size));
	SHOW(nn_getsockopt(s, NN_SOL_SOCKET, NN_DOMAIN, &number, &size));
	SHOW(number);
	SHOW(nn_getsockopt(s, NN_SOL_SOCKET, NN_PROTOCOL, &number, &size));
	SHOW(number);
	number = 100;
	SHOW(nn_setsockopt(s, NN_SOL_SOCKET, NN_SNDTIMEO, &number, sizeof(number)));
	FAILS(nn_setsockopt(s, NN_SOL_SOCKET, NN_SNDTIMEO, &number, 1));
	FAILS(nn_device(s, -5));
	char name[80] = "";
	size = sizeof(name);
	SHOW(nn_setsockopt(s, NN_SOL_SOCKET, NN_SOCKET_NAME, "without end", 11));
	SHOW(nn_getsockopt(s, NN_SOL_SOCKET, NN_SOCKET_NAME, name, &size));
	SHOW_TEXT(name);
	SHOW(nn_close(s));
}

static void
conversation(void)
{
	int              a = nn_socket(AF_SP, NN_PAIR), b = nn_socket(AF_SP, NN_PAIR);
	char             text[32] = "";
	void *           allocated;
	struct nn_iovec  vector[2] = { { "two ", 4 }, { "parts", 6 } };
	struct nn_msghdr header    = { .msg_iov = vector, .msg_iovlen = 2 };
	int              limit     = 5000;

	nn_setsockopt(a, NN_SOL_SOCKET, NN_RCVTIMEO, &limit, sizeof(limit));
	nn_setsockopt(b, NN_SOL_SOCKET, NN_RCVTIMEO, &limit, sizeof(limit));
	SHOW(nn_bind(a, "inproc://nanomsg5") > 0);
	SHOW(nn_connect(b, "inproc://nanomsg5") > 0);
	SHOW(nn_send(a, "hello", 6, 0));
	SHOW(nn_recv(b, text, sizeof(text), 0));
	SHOW_TEXT(text);
	SHOW(nn_sendmsg(b, &header, 0));
	vector[0].iov_base = text;
	vector[0].iov_len  = 3;
	vector[1].iov_base = text + 3;
	vector[1].iov_len  = sizeof(text) - 3;
	SHOW(nn_recvmsg(a, &header, 0));
	SHOW_TEXT(text);
	SHOW((allocated = nn_allocmsg(8, 0)) != NULL);
	memcpy(allocated, "12345678", 8);
	SHOW((allocated = nn_reallocmsg(allocated, 4)) != NULL);
	SHOW(nn_send(a, &allocated, NN_MSG, 0));
	SHOW(nn_recv(b, &allocated, NN_MSG, 0));
	SHOW(memcmp(allocated, "1234", 4));
	SHOW(nn_freemsg(allocated));

	struct nn_pollfd polled[2] = { { .fd = a, .events = NN_POLLIN | NN_POLLOUT }, { .fd = b, .events = NN_POLLIN } };
	SHOW(nn_poll(polled, 2, 1000));
	SHOW(polled[0].revents);
	SHOW(polled[1].revents);
	limit = 10;
	nn_setsockopt(b, NN_SOL_SOCKET, NN_RCVTIMEO, &limit, sizeof(limit));
	FAILS(nn_recv(b, text, sizeof(text), 0));
	FAILS(nn_recv(b, text, sizeof(text), NN_DONTWAIT));
	SHOW(nn_close(a));
	SHOW(nn_close(b));
}

// Control data: built by hand and walked by the macros.
static void
control(void)
{
	char               room[2 * NN_CMSG_SPACE(4)] __attribute__((aligned(8))) = { 0 };
	struct nn_msghdr   header = { .msg_control = room, .msg_controllen = sizeof(room) };
	struct nn_cmsghdr *at;
	int                count = 0;

	at            = NN_CMSG_FIRSTHDR(&header);
	at->cmsg_len   = NN_CMSG_LEN(4);
	at->cmsg_level = 1;
	at            = (struct nn_cmsghdr *) (room + NN_CMSG_SPACE(4));
	at->cmsg_len   = NN_CMSG_LEN(4);
	at->cmsg_level = 2;
	for (at = NN_CMSG_FIRSTHDR(&header); at != NULL; at = NN_CMSG_NXTHDR(&header, at)) {
		printf("level %d\n", at->cmsg_level);
		count++;
	}
	SHOW(count);
}

int
main(void)
{
	symbols();
	errors();
	conversation();
	control();
	SHOW(nn_get_statistic(77, NN_STAT_MESSAGES_SENT) != 0);
	nn_term();
	return 0;
}
