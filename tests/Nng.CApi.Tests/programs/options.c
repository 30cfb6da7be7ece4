// Options: every typed form on every kind of object, untyped access, wrong types, ranges, older names.
#include "check.h"

#include <nng/protocol/pair0/pair.h>
#include <nng/protocol/pair1/pair.h>
#include <nng/protocol/reqrep0/req.h>
#include <nng/protocol/reqrep0/rep.h>
#include <nng/supplemental/util/platform.h>

static void
typed(nng_socket s)
{
	bool         b;
	int          i;
	size_t       z;
	uint64_t     u;
	nng_duration d;
	char *       text = NULL;
	void *       p    = NULL;
	nng_sockaddr a;

	SHOW(nng_socket_set_ms(s, NNG_OPT_RECVTIMEO, 123));
	SHOW(nng_socket_get_ms(s, NNG_OPT_RECVTIMEO, &d));
	SHOW(d);
	SHOW(nng_socket_set_ms(s, NNG_OPT_RECVTIMEO, -1));
	SHOW(nng_socket_set_ms(s, NNG_OPT_RECVTIMEO, -2));
	SHOW(nng_socket_get_ms(s, NNG_OPT_RECVTIMEO, &d));
	SHOW(d);
	SHOW(nng_socket_set_int(s, NNG_OPT_RECVBUF, 7));
	SHOW(nng_socket_get_int(s, NNG_OPT_RECVBUF, &i));
	SHOW(i);
	SHOW(nng_socket_set_int(s, NNG_OPT_RECVBUF, 8193));
	SHOW(nng_socket_set_int(s, NNG_OPT_RECVBUF, -1));
	SHOW(nng_socket_set_size(s, NNG_OPT_RECVMAXSZ, 12345));
	SHOW(nng_socket_get_size(s, NNG_OPT_RECVMAXSZ, &z));
	SHOW(z);
	SHOW(nng_socket_set_size(s, NNG_OPT_RECVMAXSZ, 0));
	SHOW(nng_socket_set_string(s, NNG_OPT_SOCKNAME, "someone"));
	SHOW(nng_socket_get_string(s, NNG_OPT_SOCKNAME, &text));
	SHOW_TEXT(text);
	nng_strfree(text);
	SHOW(nng_socket_set_int(s, NNG_OPT_MAXTTL, 0));
	SHOW(nng_socket_set_int(s, NNG_OPT_MAXTTL, 16));
	SHOW(nng_socket_set_int(s, NNG_OPT_MAXTTL, 3));
	SHOW(nng_socket_get_int(s, NNG_OPT_MAXTTL, &i));
	SHOW(i);

	// The wrong type.
	SHOW(nng_socket_get_bool(s, NNG_OPT_RECVTIMEO, &b));
	SHOW(nng_socket_get_int(s, NNG_OPT_RECVTIMEO, &i));
	SHOW(nng_socket_get_size(s, NNG_OPT_RECVTIMEO, &z));
	SHOW(nng_socket_get_uint64(s, NNG_OPT_RECVTIMEO, &u));
	SHOW(nng_socket_get_ms(s, NNG_OPT_RECVBUF, &d));
	SHOW(nng_socket_get_string(s, NNG_OPT_RECVBUF, &text));
	SHOW(nng_socket_get_ptr(s, NNG_OPT_RECVBUF, &p));
	SHOW(nng_socket_get_addr(s, NNG_OPT_RECVBUF, &a));
	SHOW(nng_socket_set_bool(s, NNG_OPT_RECVBUF, true));
	SHOW(nng_socket_set_int(s, NNG_OPT_RECVTIMEO, 1));
	SHOW(nng_socket_set_size(s, NNG_OPT_RECVBUF, 1));
	SHOW(nng_socket_set_uint64(s, NNG_OPT_RECVBUF, 1));
	SHOW(nng_socket_set_ms(s, NNG_OPT_RECVBUF, 1));
	SHOW(nng_socket_set_string(s, NNG_OPT_RECVBUF, "1"));
	SHOW(nng_socket_set_ptr(s, NNG_OPT_RECVBUF, s.id ? &s : NULL));
	memset(&a, 0, sizeof(a));
	SHOW(nng_socket_set_addr(s, NNG_OPT_RECVBUF, &a));

	// Unknown, read-only.
	SHOW(nng_socket_get_int(s, "nothing", &i));
	SHOW(nng_socket_set_int(s, "nothing", 1));
	SHOW(nng_socket_set_bool(s, NNG_OPT_RAW, true));
	SHOW(nng_socket_set_int(s, NNG_OPT_PROTO, 1));
	SHOW(nng_socket_set_string(s, NNG_OPT_PROTONAME, "x"));
	SHOW(nng_socket_set_int(s, NNG_OPT_RECVFD, 1));
}

static void
untyped(nng_socket s)
{
	char     buffer[64];
	size_t   size;
	int      i = 5;
	uint16_t small = 5;

	SHOW(nng_socket_set(s, NNG_OPT_RECVBUF, &i, sizeof(i)));
	SHOW(nng_socket_set(s, NNG_OPT_RECVBUF, &small, sizeof(small)));
	size = sizeof(buffer);
	SHOW(nng_socket_get(s, NNG_OPT_RECVBUF, buffer, &size));
	SHOW(size);
	SHOW_BYTES(buffer, 4);
	size = 2;
	memset(buffer, 0x55, sizeof(buffer));
	SHOW(nng_socket_get(s, NNG_OPT_RECVBUF, buffer, &size));
	SHOW(size);
	SHOW_BYTES(buffer, 4);
	size = sizeof(buffer);
	SHOW(nng_socket_get(s, NNG_OPT_PROTONAME, buffer, &size));
	SHOW(size);
	SHOW_TEXT(buffer);
	size = 3;
	memset(buffer, 0x55, sizeof(buffer));
	SHOW(nng_socket_get(s, NNG_OPT_PROTONAME, buffer, &size));
	SHOW(size);
	SHOW_BYTES(buffer, 5);
}

static void
on_endpoints(nng_socket s)
{
	nng_dialer   d;
	nng_listener l;
	nng_duration ms;
	size_t       z;
	bool         b;
	int          i;
	char *       text;
	uint64_t     u;
	void *       p;
	nng_sockaddr a;

	SHOW(nng_dialer_create(&d, s, "tcp://127.0.0.1:9"));
	SHOW(nng_dialer_set_ms(d, NNG_OPT_RECONNMINT, 77));
	SHOW(nng_dialer_get_ms(d, NNG_OPT_RECONNMINT, &ms));
	SHOW(ms);
	SHOW(nng_dialer_set_ms(d, NNG_OPT_RECONNMAXT, 777));
	SHOW(nng_dialer_get_ms(d, NNG_OPT_RECONNMAXT, &ms));
	SHOW(ms);
	SHOW(nng_dialer_set_size(d, NNG_OPT_RECVMAXSZ, 99));
	SHOW(nng_dialer_get_size(d, NNG_OPT_RECVMAXSZ, &z));
	SHOW(z);
	SHOW(nng_dialer_get_bool(d, NNG_OPT_TCP_NODELAY, &b));
	SHOW(b);
	SHOW(nng_dialer_set_bool(d, NNG_OPT_TCP_NODELAY, false));
	SHOW(nng_dialer_get_bool(d, NNG_OPT_TCP_NODELAY, &b));
	SHOW(b);
	SHOW(nng_dialer_set_int(d, NNG_OPT_TCP_NODELAY, 1));
	SHOW(nng_dialer_set_bool(d, NNG_OPT_TCP_KEEPALIVE, true));
	SHOW(nng_dialer_get_bool(d, NNG_OPT_TCP_KEEPALIVE, &b));
	SHOW(b);
	SHOW(nng_dialer_get_string(d, NNG_OPT_URL, &text));
	SHOW_TEXT(text);
	nng_strfree(text);
	SHOW(nng_dialer_set_string(d, NNG_OPT_URL, "x"));
	SHOW(nng_dialer_get_int(d, NNG_OPT_MAXTTL, &i));
	SHOW(nng_dialer_get_uint64(d, NNG_OPT_RECVMAXSZ, &u));
	SHOW(nng_dialer_set_uint64(d, NNG_OPT_RECVMAXSZ, 1));
	SHOW(nng_dialer_get_ptr(d, NNG_OPT_RECVMAXSZ, &p));
	SHOW(nng_dialer_set_ptr(d, NNG_OPT_RECVMAXSZ, &s));
	SHOW(nng_dialer_get(d, "nothing", &i, &z));
	SHOW(nng_dialer_set(d, "nothing", &i, sizeof(i)));
	SHOW(nng_dialer_get_addr(d, NNG_OPT_LOCADDR, &a));
	a.s_in.sa_family = NNG_AF_INET;
	a.s_in.sa_addr   = 0x0100007f;
	a.s_in.sa_port   = 0;
	SHOW(nng_dialer_set_addr(d, NNG_OPT_LOCADDR, &a));
	memset(&a, 0, sizeof(a));
	SHOW(nng_dialer_get_addr(d, NNG_OPT_LOCADDR, &a));
	SHOW_BYTES(&a, 8);
	SHOW(nng_dialer_close(d));

	SHOW(nng_listener_create(&l, s, "tcp://127.0.0.1:0"));
	SHOW(nng_listener_get_int(l, NNG_OPT_TCP_BOUND_PORT, &i));
	SHOW(nng_listener_set_size(l, NNG_OPT_RECVMAXSZ, 98));
	SHOW(nng_listener_get_size(l, NNG_OPT_RECVMAXSZ, &z));
	SHOW(z);
	SHOW(nng_listener_get_bool(l, NNG_OPT_TCP_NODELAY, &b));
	SHOW(b);
	SHOW(nng_listener_set_bool(l, NNG_OPT_TCP_KEEPALIVE, true));
	SHOW(nng_listener_get_bool(l, NNG_OPT_TCP_KEEPALIVE, &b));
	SHOW(b);
	SHOW(nng_listener_set_ms(l, NNG_OPT_RECONNMINT, 5));
	SHOW(nng_listener_set_int(l, NNG_OPT_TCP_BOUND_PORT, 5));
	SHOW(nng_listener_set_string(l, NNG_OPT_URL, "x"));
	SHOW(nng_listener_start(l, 0));
	SHOW(nng_listener_get_int(l, NNG_OPT_TCP_BOUND_PORT, &i));
	SHOW(i > 0);
	SHOW(nng_listener_get_addr(l, NNG_OPT_LOCADDR, &a));
	SHOW(a.s_family);
	SHOW(a.s_in.sa_addr);
	SHOW(a.s_in.sa_port != 0);
	SHOW(nng_listener_get_addr(l, NNG_OPT_REMADDR, &a));
	SHOW(nng_listener_get_uint64(l, NNG_OPT_RECVMAXSZ, &u));
	SHOW(nng_listener_set_uint64(l, NNG_OPT_RECVMAXSZ, 1));
	SHOW(nng_listener_get_ptr(l, NNG_OPT_RECVMAXSZ, &p));
	SHOW(nng_listener_set_ptr(l, NNG_OPT_RECVMAXSZ, &s));
	SHOW(nng_listener_get(l, "nothing", &i, &z));
	SHOW(nng_listener_set(l, "nothing", &i, sizeof(i)));
	SHOW(nng_listener_set_addr(l, NNG_OPT_LOCADDR, &a));
	SHOW(nng_listener_get_ms(l, NNG_OPT_RECVTIMEO, &ms));
	SHOW(nng_listener_close(l));
	SHOW(nng_listener_create(&l, s, scratch("ipc")));
	SHOW(nng_listener_set_int(l, NNG_OPT_IPC_PERMISSIONS, 0600));
	SHOW(nng_listener_set_int(l, NNG_OPT_IPC_PERMISSIONS, 010000));
	SHOW(nng_listener_get_int(l, NNG_OPT_IPC_PERMISSIONS, &i));
	SHOW(nng_listener_close(l));
}

static void
on_pipes(void)
{
	nng_socket   a, b;
	nng_msg *    m;
	nng_pipe     p;
	const char * url;
	bool         flag;
	int          i;
	size_t       z;
	uint64_t     u;
	nng_duration ms;
	void *       ptr;
	char *       text;
	nng_sockaddr sa;

	MUST(nng_pair0_open(&a) == 0 && nng_pair0_open(&b) == 0);
	MUST(nng_socket_set_ms(a, NNG_OPT_RECVTIMEO, 20000) == 0);
	url = listen_tcp(a);
	MUST(nng_dial(b, url, NULL, 0) == 0 && nng_send(b, "x", 1, 0) == 0 && nng_recvmsg(a, &m, 0) == 0);
	p = nng_msg_get_pipe(m);
	nng_msg_free(m);
	SHOW(nng_pipe_get_addr(p, NNG_OPT_LOCADDR, &sa));
	SHOW(sa.s_family);
	SHOW(nng_pipe_get_addr(p, NNG_OPT_REMADDR, &sa));
	SHOW(sa.s_in.sa_addr);
	SHOW(nng_pipe_get_bool(p, NNG_OPT_TCP_NODELAY, &flag));
	SHOW(flag);
	SHOW(nng_pipe_get_bool(p, NNG_OPT_TCP_KEEPALIVE, &flag));
	SHOW(flag);
	SHOW(nng_pipe_get_size(p, NNG_OPT_RECVMAXSZ, &z));
	SHOW(nng_pipe_get_int(p, NNG_OPT_RECVMAXSZ, &i));
	SHOW(nng_pipe_get_uint64(p, NNG_OPT_RECVMAXSZ, &u));
	SHOW(nng_pipe_get_ms(p, NNG_OPT_RECVTIMEO, &ms));
	SHOW(nng_pipe_get_ptr(p, NNG_OPT_RECVMAXSZ, &ptr));
	SHOW(nng_pipe_get_string(p, NNG_OPT_URL, &text));
	SHOW(strncmp(text, "tcp://127.0.0.1:", 16));
	nng_strfree(text);
	SHOW(nng_pipe_get(p, "nothing", &i, &z));
	SHOW(nng_pipe_get_uint64(p, NNG_OPT_IPC_PEER_UID, &u));
	SHOW(nng_pipe_close(p));
	SHOW(nng_close(a));
	SHOW(nng_close(b));

	MUST(nng_pair0_open(&a) == 0 && nng_pair0_open(&b) == 0);
	MUST(nng_socket_set_ms(a, NNG_OPT_RECVTIMEO, 20000) == 0);
	url = scratch("ipc");
	MUST(nng_listen(a, url, NULL, 0) == 0 && nng_dial(b, url, NULL, 0) == 0);
	MUST(nng_send(b, "x", 1, 0) == 0 && nng_recvmsg(a, &m, 0) == 0);
	p = nng_msg_get_pipe(m);
	nng_msg_free(m);
	SHOW(nng_pipe_get_uint64(p, NNG_OPT_IPC_PEER_UID, &u));
	SHOW(u == getuid());
	SHOW(nng_pipe_get_uint64(p, NNG_OPT_IPC_PEER_GID, &u));
	SHOW(u == getgid());
	SHOW(nng_pipe_get_uint64(p, NNG_OPT_IPC_PEER_PID, &u));
	SHOW(u == (uint64_t) getpid());
	SHOW(nng_pipe_get_uint64(p, NNG_OPT_IPC_PEER_ZONEID, &u));
	SHOW(nng_pipe_get_addr(p, NNG_OPT_LOCADDR, &sa));
	SHOW(sa.s_family);
	SHOW(nng_pipe_get_bool(p, NNG_OPT_TCP_NODELAY, &flag));
	SHOW(nng_close(a));
	SHOW(nng_close(b));
}

// The older names do the same.
static void
older(void)
{
	nng_socket   s;
	nng_ctx      c;
	nng_dialer   d;
	nng_listener l;
	bool         b;
	int          i;
	size_t       z;
	uint64_t     u;
	nng_duration ms;
	void *       p;
	char *       text;
	nng_sockaddr a;
	char         buffer[32];

	MUST(nng_req0_open(&s) == 0);
	MUST(nng_ctx_open(&c, s) == 0);
	MUST(nng_dialer_create(&d, s, "tcp://127.0.0.1:9") == 0);
	MUST(nng_listener_create(&l, s, "tcp://127.0.0.1:0") == 0);
	i = 100;
	SHOW(nng_setopt(s, NNG_OPT_SENDTIMEO, &i, sizeof(i)));
	SHOW(nng_setopt_bool(s, NNG_OPT_RAW, true));
	SHOW(nng_setopt_int(s, NNG_OPT_SENDBUF, 3));
	SHOW(nng_setopt_ms(s, NNG_OPT_SENDTIMEO, 101));
	SHOW(nng_setopt_size(s, NNG_OPT_RECVMAXSZ, 102));
	SHOW(nng_setopt_uint64(s, NNG_OPT_RECVMAXSZ, 103));
	SHOW(nng_setopt_string(s, NNG_OPT_SOCKNAME, "old"));
	SHOW(nng_setopt_ptr(s, NNG_OPT_SENDBUF, &s));
	z = sizeof(buffer);
	SHOW(nng_getopt(s, NNG_OPT_SENDTIMEO, buffer, &z));
	SHOW(nng_getopt_bool(s, NNG_OPT_RAW, &b));
	SHOW(nng_getopt_int(s, NNG_OPT_SENDBUF, &i));
	SHOW(i);
	SHOW(nng_getopt_ms(s, NNG_OPT_SENDTIMEO, &ms));
	SHOW(ms);
	SHOW(nng_getopt_size(s, NNG_OPT_RECVMAXSZ, &z));
	SHOW(z);
	SHOW(nng_getopt_uint64(s, NNG_OPT_RECVMAXSZ, &u));
	SHOW(nng_getopt_string(s, NNG_OPT_SOCKNAME, &text));
	SHOW_TEXT(text);
	nng_strfree(text);

	i = 1;
	SHOW(nng_ctx_set(c, NNG_OPT_SENDTIMEO, &i, sizeof(i)));
	SHOW(nng_ctx_set_bool(c, NNG_OPT_SENDTIMEO, true));
	SHOW(nng_ctx_set_int(c, NNG_OPT_SENDTIMEO, 1));
	SHOW(nng_ctx_set_ms(c, NNG_OPT_SENDTIMEO, 1));
	SHOW(nng_ctx_set_size(c, NNG_OPT_SENDTIMEO, 1));
	SHOW(nng_ctx_set_uint64(c, NNG_OPT_SENDTIMEO, 1));
	SHOW(nng_ctx_set_string(c, NNG_OPT_SENDTIMEO, "1"));
	SHOW(nng_ctx_set_ptr(c, NNG_OPT_SENDTIMEO, &c));
	SHOW(nng_ctx_set_addr(c, NNG_OPT_SENDTIMEO, &a));
	z = sizeof(buffer);
	SHOW(nng_ctx_get(c, NNG_OPT_SENDTIMEO, buffer, &z));
	SHOW(nng_ctx_get_bool(c, NNG_OPT_SENDTIMEO, &b));
	SHOW(nng_ctx_get_int(c, NNG_OPT_SENDTIMEO, &i));
	SHOW(nng_ctx_get_ms(c, NNG_OPT_SENDTIMEO, &ms));
	SHOW(ms);
	SHOW(nng_ctx_get_size(c, NNG_OPT_SENDTIMEO, &z));
	SHOW(nng_ctx_get_uint64(c, NNG_OPT_SENDTIMEO, &u));
	SHOW(nng_ctx_get_string(c, NNG_OPT_SENDTIMEO, &text));
	SHOW(nng_ctx_get_ptr(c, NNG_OPT_SENDTIMEO, &p));
	SHOW(nng_ctx_get_addr(c, NNG_OPT_SENDTIMEO, &a));
	i = 2;
	SHOW(nng_ctx_setopt(c, NNG_OPT_RECVTIMEO, &i, sizeof(i)));
	SHOW(nng_ctx_setopt_bool(c, NNG_OPT_RECVTIMEO, true));
	SHOW(nng_ctx_setopt_int(c, NNG_OPT_RECVTIMEO, 1));
	SHOW(nng_ctx_setopt_ms(c, NNG_OPT_RECVTIMEO, 2));
	SHOW(nng_ctx_setopt_size(c, NNG_OPT_RECVTIMEO, 2));
	z = sizeof(buffer);
	SHOW(nng_ctx_getopt(c, NNG_OPT_RECVTIMEO, buffer, &z));
	SHOW(nng_ctx_getopt_bool(c, NNG_OPT_RECVTIMEO, &b));
	SHOW(nng_ctx_getopt_int(c, NNG_OPT_RECVTIMEO, &i));
	SHOW(nng_ctx_getopt_ms(c, NNG_OPT_RECVTIMEO, &ms));
	SHOW(ms);
	SHOW(nng_ctx_getopt_size(c, NNG_OPT_RECVTIMEO, &z));

#define ENDPOINT(kind, object)                                                      \
	b = true;                                                                   \
	SHOW(nng_##kind##_setopt(object, NNG_OPT_TCP_NODELAY, &b, sizeof(b)));      \
	SHOW(nng_##kind##_setopt_bool(object, NNG_OPT_TCP_NODELAY, false));         \
	SHOW(nng_##kind##_setopt_int(object, NNG_OPT_TCP_NODELAY, 1));              \
	SHOW(nng_##kind##_setopt_ms(object, NNG_OPT_TCP_NODELAY, 1));               \
	SHOW(nng_##kind##_setopt_size(object, NNG_OPT_RECVMAXSZ, 5));               \
	SHOW(nng_##kind##_setopt_uint64(object, NNG_OPT_RECVMAXSZ, 5));             \
	SHOW(nng_##kind##_setopt_ptr(object, NNG_OPT_RECVMAXSZ, &object));          \
	SHOW(nng_##kind##_setopt_string(object, NNG_OPT_RECVMAXSZ, "5"));           \
	SHOW(nng_##kind##_set(object, NNG_OPT_TCP_NODELAY, &b, sizeof(b)));         \
	SHOW(nng_##kind##_set_string(object, NNG_OPT_RECVMAXSZ, "5"));              \
	z = sizeof(buffer);                                                         \
	SHOW(nng_##kind##_getopt(object, NNG_OPT_TCP_NODELAY, buffer, &z));         \
	SHOW(z);                                                                    \
	z = sizeof(buffer);                                                         \
	SHOW(nng_##kind##_get(object, NNG_OPT_TCP_NODELAY, buffer, &z));            \
	SHOW(nng_##kind##_getopt_bool(object, NNG_OPT_TCP_NODELAY, &b));            \
	SHOW(b);                                                                    \
	SHOW(nng_##kind##_getopt_int(object, NNG_OPT_TCP_NODELAY, &i));             \
	SHOW(nng_##kind##_getopt_ms(object, NNG_OPT_TCP_NODELAY, &ms));             \
	SHOW(nng_##kind##_getopt_size(object, NNG_OPT_RECVMAXSZ, &z));              \
	SHOW(z);                                                                    \
	SHOW(nng_##kind##_getopt_uint64(object, NNG_OPT_RECVMAXSZ, &u));            \
	SHOW(nng_##kind##_getopt_ptr(object, NNG_OPT_RECVMAXSZ, &p));               \
	SHOW(nng_##kind##_getopt_sockaddr(object, NNG_OPT_RECVMAXSZ, &a));          \
	SHOW(nng_##kind##_getopt_string(object, NNG_OPT_RECVMAXSZ, &text));         \
	SHOW(nng_##kind##_get_int(object, NNG_OPT_TCP_NODELAY, &i));

	ENDPOINT(dialer, d)
	ENDPOINT(listener, l)
	SHOW(nng_close(s));
}

static void
older_pipes(void)
{
	nng_socket   a, b;
	nng_msg *    m;
	nng_pipe     p;
	const char * url;
	bool         flag;
	int          i;
	size_t       z;
	uint64_t     u;
	nng_duration ms;
	void *       ptr;
	char *       text;
	char         buffer[32];
	nng_sockaddr sa;

	MUST(nng_pair0_open(&a) == 0 && nng_pair0_open(&b) == 0);
	MUST(nng_socket_set_ms(a, NNG_OPT_RECVTIMEO, 20000) == 0);
	url = listen_tcp(a);
	MUST(nng_dial(b, url, NULL, 0) == 0 && nng_send(b, "x", 1, 0) == 0 && nng_recvmsg(a, &m, 0) == 0);
	p = nng_msg_get_pipe(m);
	nng_msg_free(m);
	z = sizeof(buffer);
	SHOW(nng_pipe_getopt(p, NNG_OPT_TCP_NODELAY, buffer, &z));
	SHOW(z);
	SHOW(nng_pipe_getopt_bool(p, NNG_OPT_TCP_NODELAY, &flag));
	SHOW(nng_pipe_getopt_int(p, NNG_OPT_TCP_NODELAY, &i));
	SHOW(nng_pipe_getopt_ms(p, NNG_OPT_RECVTIMEO, &ms));
	SHOW(nng_pipe_getopt_size(p, NNG_OPT_TCP_NODELAY, &z));
	SHOW(nng_pipe_getopt_uint64(p, NNG_OPT_TCP_NODELAY, &u));
	SHOW(nng_pipe_getopt_ptr(p, NNG_OPT_TCP_NODELAY, &ptr));
	SHOW(nng_pipe_getopt_sockaddr(p, NNG_OPT_REMADDR, &sa));
	SHOW(sa.s_family);
	SHOW(nng_pipe_getopt_string(p, NNG_OPT_URL, &text));
	nng_strfree(text);
	SHOW(nng_close(a));
	SHOW(nng_close(b));
}

// Reads that endpoints and pipes pass on to their socket.
static void
through_endpoints(void)
{
	nng_socket   s;
	nng_dialer   d;
	nng_listener l;
	void *       p;
	int          fd, same;

	SHOW(nng_pair0_open(&s));
	SHOW(nng_socket_get_int(s, NNG_OPT_RECVFD, &fd));
	SHOW(nng_listener_create(&l, s, scratch("inproc")));
	SHOW(nng_listener_get_int(l, NNG_OPT_RECVFD, &same));
	SHOW(same == fd);
	SHOW(nng_listener_get_ptr(l, NNG_OPT_RECVFD, &p));
	SHOW(nng_listener_get_int(l, NNG_OPT_SENDFD, &same));
	SHOW(nng_dialer_create(&d, s, scratch("inproc")));
	SHOW(nng_dialer_get_int(d, NNG_OPT_RECVFD, &same));
	SHOW(same == fd);
	SHOW(nng_dialer_get_bool(d, NNG_OPT_SENDFD, (bool *) &same));
	SHOW(nng_close(s));
	SHOW(nng_dialer_get_int(d, NNG_OPT_RECVFD, &same));
}

// What is set as raw bytes has its type again when it is read, there and at the endpoints made later.
static void
stored(void)
{
	nng_socket   s;
	nng_dialer   d;
	size_t       size = 1000;
	nng_duration ms   = 7;
	bool         flag = false;

	MUST(nng_pair1_open(&s) == 0);
	SHOW(nng_socket_set(s, NNG_OPT_RECVMAXSZ, &size, sizeof(size)));
	SHOW(nng_socket_set(s, NNG_OPT_RECONNMINT, &ms, sizeof(ms)));
	SHOW(nng_socket_set(s, NNG_OPT_TCP_NODELAY, &flag, sizeof(flag)));
	SHOW(nng_socket_get_size(s, NNG_OPT_RECVMAXSZ, &size));
	SHOW(size);
	SHOW(nng_socket_get_ms(s, NNG_OPT_RECONNMINT, &ms));
	SHOW(ms);
	SHOW(nng_socket_get_bool(s, NNG_OPT_TCP_NODELAY, &flag));
	SHOW(flag);
	SHOW(nng_dialer_create(&d, s, "tcp://127.0.0.1:5555"));
	SHOW(nng_dialer_get_size(d, NNG_OPT_RECVMAXSZ, &size));
	SHOW(size);
	SHOW(nng_dialer_get_ms(d, NNG_OPT_RECONNMINT, &ms));
	SHOW(ms);
	SHOW(nng_close(s));
}

// Addresses as raw bytes: the only way to set them that older programs had.
static void
addresses(void)
{
	nng_socket         s;
	nng_dialer         d;
	nng_listener       l;
	nng_stream_dialer *sd;
	nng_sockaddr       a = { .s_in = { .sa_family = NNG_AF_INET, .sa_addr = 0x0100007f } }, got = { 0 };
	size_t             size = sizeof(got);

	MUST(nng_pair1_open(&s) == 0 && nng_dialer_create(&d, s, "tcp://127.0.0.1:5555") == 0);
	MUST(nng_listener_create(&l, s, "tcp://127.0.0.1:0") == 0 && nng_stream_dialer_alloc(&sd, "tcp://127.0.0.1:5555") == 0);
	SHOW(nng_dialer_setopt(d, NNG_OPT_LOCADDR, &a, sizeof(a)));
	SHOW(nng_dialer_get(d, NNG_OPT_LOCADDR, &got, &size));
	SHOW_BYTES(&got, 8);
	SHOW(size);
	SHOW(nng_dialer_set(d, NNG_OPT_LOCADDR, &a, sizeof(a) - 1));
	SHOW(nng_dialer_set(d, NNG_OPT_LOCADDR, &a, 8));
	SHOW(nng_dialer_set(d, NNG_OPT_LOCADDR, NULL, 0));
	SHOW(nng_stream_dialer_set(sd, NNG_OPT_LOCADDR, &a, sizeof(a)));
	SHOW(nng_listener_set(l, NNG_OPT_LOCADDR, &a, sizeof(a)));
	SHOW(nng_dialer_set(d, NNG_OPT_REMADDR, &a, sizeof(a)));
	SHOW(nng_dialer_set(d, NNG_OPT_RECVMAXSZ, &a, sizeof(a)));
	a.s_in.sa_port = 1;
	SHOW(nng_dialer_set(d, NNG_OPT_LOCADDR, &a, sizeof(a)));
	for (int i = 0; i < 3; i++) {
		static const uint16_t families[] = { NNG_AF_UNSPEC, NNG_AF_IPC, 77 };
		a.s_family = families[i];
		SHOW(nng_dialer_set(d, NNG_OPT_LOCADDR, &a, sizeof(a)));
		SHOW(nng_dialer_set_addr(d, NNG_OPT_LOCADDR, &a));
		SHOW(nng_stream_dialer_set_addr(sd, NNG_OPT_LOCADDR, &a));
		SHOW(nng_listener_set_addr(l, NNG_OPT_LOCADDR, &a));
	}
	nng_stream_dialer_free(sd);
	SHOW(nng_close(s));
}

// No text is not an empty one.
static void
nothing(void)
{
	nng_socket   s;
	nng_dialer   d;
	nng_listener l;
	char *       name;

	MUST(nng_pair1_open(&s) == 0 && nng_dialer_create(&d, s, "ws://127.0.0.1:5555") == 0);
	MUST(nng_listener_create(&l, s, "ws://127.0.0.1:5555/x") == 0);
	SHOW(nng_socket_set_string(s, NNG_OPT_SOCKNAME, "name"));
	SHOW(nng_socket_set_string(s, NNG_OPT_SOCKNAME, NULL));
	SHOW(nng_setopt_string(s, NNG_OPT_SOCKNAME, NULL));
	SHOW(nng_socket_set(s, NNG_OPT_SOCKNAME, NULL, 0));
	SHOW(nng_socket_get_string(s, NNG_OPT_SOCKNAME, &name));
	SHOW_TEXT(name);
	nng_strfree(name);
	SHOW(nng_socket_set_string(s, NNG_OPT_RECVBUF, NULL));
	SHOW(nng_socket_set_string(s, NNG_OPT_PROTONAME, NULL));
	SHOW(nng_dialer_set_string(d, "nothing", NULL));
	SHOW(nng_dialer_set_string(d, "ws:protocol", NULL));
	SHOW(nng_dialer_set_string(d, "ws:request-headers", NULL));
	SHOW(nng_dialer_set_string(d, "ws:request-header:X-Kind", NULL));
	SHOW(nng_listener_set_string(l, "ws:response-headers", NULL));
	SHOW(nng_dialer_set_string(d, "ws:protocol", ""));
	SHOW(nng_close(s));
}

int
main(void)
{
	nng_socket s;

	MUST(nng_pair1_open(&s) == 0);
	typed(s);
	untyped(s);
	on_endpoints(s);
	SHOW(nng_close(s));
	on_pipes();
	older();
	older_pipes();
	through_endpoints();
	stored();
	addresses();
	nothing();
	return 0;
}
