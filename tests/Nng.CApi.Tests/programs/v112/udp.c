// UDP: datagrams whole and cut, addresses, groups, errors.
#include "../check.h"
#include <nng/protocol/pair0/pair.h>

static nng_aio *one, *two;

static nng_sockaddr
loopback(void)
{
	nng_sockaddr sa = { 0 };
	sa.s_in.sa_family = NNG_AF_INET;
	sa.s_in.sa_addr   = htonl(0x7f000001);
	return sa;
}

static void
vector(nng_aio *aio, void *bytes, size_t length)
{
	nng_iov iov = { .iov_buf = bytes, .iov_len = length };
	MUST(nng_aio_set_iov(aio, 1, &iov) == 0);
}

static void
datagrams(void)
{
	nng_udp *    a, *b;
	nng_sockaddr at_a = loopback(), at_b = loopback(), from;
	char         text[16] = "";
	nng_iov      iov[3]   = { { "da", 2 }, { "", 0 }, { "tagram", 6 } };

	SHOW(nng_udp_open(&a, &at_a));
	SHOW(nng_udp_open(&b, &at_b));
	SHOW(nng_udp_sockname(a, &at_a));
	SHOW(nng_udp_sockname(b, &at_b));
	SHOW(at_a.s_family);
	SHOW(at_a.s_in.sa_port != 0);
	SHOW(at_a.s_in.sa_addr == htonl(0x7f000001));

	SHOW(nng_aio_set_input(one, 0, &at_b));
	SHOW(nng_aio_set_iov(one, 3, iov));
	SHOW(nng_aio_set_input(two, 0, &from));
	vector(two, text, sizeof(text));
	nng_udp_recv(b, two);
	nng_udp_send(a, one);
	nng_aio_wait(one);
	nng_aio_wait(two);
	SHOW(nng_aio_result(one));
	SHOW(nng_aio_count(one));
	SHOW(nng_aio_result(two));
	SHOW(nng_aio_count(two));
	SHOW_TEXT(text);
	SHOW(from.s_family);
	SHOW(from.s_in.sa_port == at_a.s_in.sa_port);

	// Nobody asks for the sender; too long for the room.
	nng_aio_set_input(two, 0, NULL);
	vector(two, text, 3);
	nng_udp_send(a, one);
	nng_udp_recv(b, two);
	nng_aio_wait(two);
	nng_aio_wait(one);
	SHOW(nng_aio_result(two));
	SHOW(nng_aio_count(two));
	SHOW_BYTES(text, 3);

	nng_aio_set_timeout(two, 5);
	nng_udp_recv(b, two);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));
	nng_aio_set_timeout(two, NNG_DURATION_INFINITE);
	nng_udp_recv(b, two);
	nng_aio_cancel(two);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));

	nng_aio_set_input(one, 0, NULL);
	nng_udp_send(a, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));

	nng_udp_recv(b, two);
	nng_udp_close(b);
	nng_aio_wait(two);
	SHOW(nng_aio_result(two));
	SHOW(nng_udp_sockname(b, &at_b));
	nng_udp_send(b, one);
	nng_aio_wait(one);
	SHOW(nng_aio_result(one));
	nng_udp_close(a);
}

static void
errors(void)
{
	nng_udp *    a, *b = NULL;
	nng_sockaddr sa = loopback(), group = { 0 };

	SHOW(nng_udp_open(NULL, &sa));
	SHOW(nng_udp_open(&a, NULL));
	SHOW(nng_udp_open(&a, &sa));
	SHOW(nng_udp_sockname(a, NULL));
	SHOW(nng_udp_sockname(a, &sa));
	SHOW(nng_udp_open(&b, &sa));
	group.s_in.sa_family = NNG_AF_INET;
	group.s_in.sa_addr   = htonl(0xef010203);
	SHOW(nng_udp_multicast_membership(a, &group, true));
	SHOW(nng_udp_multicast_membership(a, &group, false));
	SHOW(nng_udp_multicast_membership(a, &group, false) != 0);
	SHOW(nng_udp_multicast_membership(a, NULL, true));
	group.s_family = NNG_AF_INET6;
	SHOW(nng_udp_multicast_membership(a, &group, true));
	sa.s_family = NNG_AF_IPC;
	SHOW(nng_udp_open(&b, &sa));
	sa.s_family = 77;
	SHOW(nng_udp_open(&b, &sa));
	nng_udp_close(a);
	nng_udp_close(NULL);
}

// The line has no such transport for sockets; the managed library's experimental one is not for C programs.
static void
transport(void)
{
	nng_socket   s;
	nng_dialer   d;
	nng_listener l;

	MUST(nng_pair0_open(&s) == 0);
	SHOW(nng_listen(s, "udp://127.0.0.1:0", NULL, 0) == NNG_ENOTSUP);
	SHOW(nng_listen(s, "udp4://127.0.0.1:0", NULL, 0) == NNG_ENOTSUP);
	SHOW(nng_listen(s, "udp6://[::1]:0", NULL, 0) == NNG_ENOTSUP);
	SHOW(nng_dial(s, "udp://127.0.0.1:5555", NULL, NNG_FLAG_NONBLOCK) == NNG_ENOTSUP);
	SHOW(nng_listener_create(&l, s, "udp://127.0.0.1:0") == NNG_ENOTSUP);
	SHOW(nng_dialer_create(&d, s, "udp://127.0.0.1:5555") == NNG_ENOTSUP);
	SHOW(nng_close(s));
}

int
main(void)
{
	MUST(nng_aio_alloc(&one, NULL, NULL) == 0);
	MUST(nng_aio_alloc(&two, NULL, NULL) == 0);
	datagrams();
	errors();
	transport();
	nng_aio_free(one);
	nng_aio_free(two);
	return 0;
}
