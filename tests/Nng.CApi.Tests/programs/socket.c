// Sockets: opening, identity, sending and receiving in every form, flags, closing, contexts, pipes, devices.
#include "check.h"

#include <nng/protocol/bus0/bus.h>
#include <nng/protocol/pair0/pair.h>
#include <nng/protocol/pair1/pair.h>
#include <nng/protocol/pipeline0/pull.h>
#include <nng/protocol/pipeline0/push.h>
#include <nng/protocol/pubsub0/pub.h>
#include <nng/protocol/pubsub0/sub.h>
#include <nng/protocol/reqrep0/rep.h>
#include <nng/protocol/reqrep0/req.h>
#include <nng/protocol/survey0/respond.h>
#include <nng/protocol/survey0/survey.h>
#include <nng/supplemental/util/platform.h>

static const struct {
	const char *name;
	int (*open)(nng_socket *);
	int (*open_raw)(nng_socket *);
} protocols[] = {
	{ "pair0", nng_pair0_open, nng_pair0_open_raw },
	{ "pair1", nng_pair1_open, nng_pair1_open_raw },
	{ "pub0", nng_pub0_open, nng_pub0_open_raw },
	{ "sub0", nng_sub0_open, nng_sub0_open_raw },
	{ "req0", nng_req0_open, nng_req0_open_raw },
	{ "rep0", nng_rep0_open, nng_rep0_open_raw },
	{ "push0", nng_push0_open, nng_push0_open_raw },
	{ "pull0", nng_pull0_open, nng_pull0_open_raw },
	{ "surveyor0", nng_surveyor0_open, nng_surveyor0_open_raw },
	{ "respondent0", nng_respondent0_open, nng_respondent0_open_raw },
	{ "bus0", nng_bus0_open, nng_bus0_open_raw },
};

static void
identity(nng_socket s)
{
	int     number = -1;
	bool    raw    = false;
	char *  text   = NULL;
	nng_ctx c;

	SHOW(nng_socket_id(s) > 0);
	SHOW(nng_socket_get_int(s, NNG_OPT_PROTO, &number));
	SHOW(number);
	SHOW(nng_socket_get_int(s, NNG_OPT_PEER, &number));
	SHOW(number);
	SHOW(nng_socket_get_bool(s, NNG_OPT_RAW, &raw));
	SHOW(raw);
	SHOW(nng_socket_get_string(s, NNG_OPT_PROTONAME, &text));
	SHOW_TEXT(text);
	nng_strfree(text);
	SHOW(nng_socket_get_string(s, NNG_OPT_PEERNAME, &text));
	SHOW_TEXT(text);
	nng_strfree(text);
	SHOW(nng_ctx_open(&c, s));
	SHOW(nng_socket_get_int(s, NNG_OPT_RECVFD, &number));
	SHOW(nng_socket_get_int(s, NNG_OPT_SENDFD, &number));
	number = -1;
	SHOW(nng_socket_get_int(s, NNG_OPT_MAXTTL, &number));
	SHOW(number);
	SHOW(nng_socket_get_int(s, NNG_OPT_RECVBUF, &number));
	SHOW(nng_socket_get_int(s, NNG_OPT_SENDBUF, &number));
}

static void
opening(void)
{
	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++) {
		nng_socket s;
		nng_msg *  m;

		SHOW_TEXT(protocols[i].name);
		SHOW(protocols[i].open(&s));
		identity(s);
		SHOW(nng_recvmsg(s, &m, NNG_FLAG_NONBLOCK));
		MUST(nng_msg_alloc(&m, 0) == 0);
		int rv = nng_sendmsg(s, m, NNG_FLAG_NONBLOCK);
		printf("%s: poll send without a peer = %d\n", protocols[i].name, rv);
		if (rv != 0) {
			nng_msg_free(m);
		}
		SHOW(nng_close(s));
		SHOW(nng_close(s));
		SHOW(protocols[i].open_raw(&s));
		identity(s);
		SHOW(nng_close(s));
	}
}

static void
transfer(const char *scheme)
{
	nng_socket a, b;
	char       buffer[16];
	char *     allocated;
	size_t     length;
	nng_msg *  m;

	SHOW_TEXT(scheme);
	MUST(nng_pair1_open(&a) == 0 && nng_pair1_open(&b) == 0);
	MUST(nng_socket_set_ms(a, NNG_OPT_RECVTIMEO, 20000) == 0 && nng_socket_set_ms(b, NNG_OPT_RECVTIMEO, 20000) == 0);
	MUST(nng_socket_set_ms(a, NNG_OPT_SENDTIMEO, 20000) == 0 && nng_socket_set_ms(b, NNG_OPT_SENDTIMEO, 20000) == 0);
	const char *url = strcmp(scheme, "tcp") == 0 ? listen_tcp(a) : scratch(scheme);
	if (strcmp(scheme, "tcp") != 0) {
		SHOW(nng_listen(a, url, NULL, 0));
	}
	SHOW(nng_dial(b, url, NULL, 0));

	SHOW(nng_send(b, "0123456789", 10, 0));
	length = 4;
	memset(buffer, 0, sizeof(buffer));
	SHOW(nng_recv(a, buffer, &length, 0));
	SHOW(length);
	SHOW_BYTES(buffer, 5);

	SHOW(nng_send(a, "", 0, 0));
	allocated = buffer;
	length    = 99;
	SHOW(nng_recv(b, &allocated, &length, NNG_FLAG_ALLOC));
	SHOW(length);
	SHOW(allocated == NULL);

	allocated = nng_alloc(5);
	memcpy(allocated, "alloc", 5);
	SHOW(nng_send(a, allocated, 5, NNG_FLAG_ALLOC));
	SHOW(nng_recv(b, &allocated, &length, NNG_FLAG_ALLOC));
	SHOW_BYTES(allocated, length);
	nng_free(allocated, length);

	MUST(nng_msg_alloc(&m, 100000) == 0);
	memset(nng_msg_body(m), 'z', 100000);
	SHOW(nng_sendmsg(a, m, 0));
	SHOW(nng_recvmsg(b, &m, 0));
	SHOW(nng_msg_len(m));
	SHOW(((char *) nng_msg_body(m))[99999]);
	SHOW(nng_pipe_id(nng_msg_get_pipe(m)) > 0);
	SHOW(nng_pipe_socket(nng_msg_get_pipe(m)).id == b.id);
	SHOW(nng_pipe_dialer(nng_msg_get_pipe(m)).id > 0);
	SHOW(nng_pipe_listener(nng_msg_get_pipe(m)).id);
	nng_msg_free(m);

	SHOW(nng_recv(a, buffer, &length, NNG_FLAG_NONBLOCK));
	MUST(nng_socket_set_ms(a, NNG_OPT_RECVTIMEO, 10) == 0);
	SHOW(nng_recv(a, buffer, &length, 0));
	SHOW(nng_sendmsg(a, NULL, 0));
	SHOW(nng_close(a));
	SHOW(nng_send(a, "x", 1, 0));
	SHOW(nng_recv(a, buffer, &length, 0));
	SHOW(nng_close(b));
}

static void
dead(void)
{
	nng_socket   s = NNG_SOCKET_INITIALIZER;
	nng_ctx      c = NNG_CTX_INITIALIZER;
	nng_dialer   d = NNG_DIALER_INITIALIZER;
	nng_listener l = NNG_LISTENER_INITIALIZER;
	nng_pipe     p = NNG_PIPE_INITIALIZER;
	int          number;
	nng_msg *    m;

	SHOW(nng_socket_id(s));
	SHOW(nng_ctx_id(c));
	SHOW(nng_dialer_id(d));
	SHOW(nng_listener_id(l));
	SHOW(nng_pipe_id(p));
	SHOW(nng_close(s));
	SHOW(nng_ctx_close(c));
	SHOW(nng_dialer_close(d));
	SHOW(nng_listener_close(l));
	SHOW(nng_pipe_close(p));
	SHOW(nng_pipe_socket(p).id);
	SHOW(nng_pipe_dialer(p).id);
	SHOW(nng_pipe_listener(p).id);
	SHOW(nng_socket_get_int(s, NNG_OPT_PROTO, &number));
	SHOW(nng_dialer_get_int(d, NNG_OPT_PROTO, &number));
	SHOW(nng_listener_get_int(l, NNG_OPT_PROTO, &number));
	SHOW(nng_pipe_get_int(p, NNG_OPT_PROTO, &number));
	SHOW(nng_ctx_get_ms(c, NNG_OPT_RECVTIMEO, &number));
	SHOW(nng_dialer_start(d, 0));
	SHOW(nng_listener_start(l, 0));
	SHOW(nng_recvmsg(s, &m, 0));
	SHOW(nng_dial(s, "tcp://127.0.0.1:1", NULL, 0));
	SHOW(nng_listen(s, "tcp://127.0.0.1:1", NULL, 0));
	SHOW(nng_device(s, s));
	SHOW(nng_pipe_notify(s, NNG_PIPE_EV_ADD_PRE, NULL, NULL));
}

static void
endpoints(void)
{
	nng_socket   s;
	nng_dialer   d;
	nng_listener l;
	char *       text;

	MUST(nng_pair0_open(&s) == 0);
	SHOW(nng_dial(s, "no url", NULL, 0));
	SHOW(nng_dial(s, "nothing://x", NULL, 0));
	SHOW(nng_dial(s, "tcp://", NULL, 0));
	SHOW(nng_dial(s, "tcp://127.0.0.1", NULL, 0));
	SHOW(nng_listen(s, "no url", NULL, 0));
	SHOW(nng_listen(s, "nothing://x", NULL, 0));
	SHOW(nng_dial(s, "tcp://127.0.0.1:1", NULL, 0));
	SHOW(nng_dial(s, "inproc://nobody", NULL, 0));
	SHOW(nng_dial(s, "ipc:///tmp/nng-capi-nobody.sock", NULL, 0));
	SHOW(nng_dialer_create(&d, s, "inproc://late"));
	SHOW(nng_dialer_id(d) > 0);
	SHOW(nng_dialer_start(d, 0));
	SHOW(nng_dialer_start(d, NNG_FLAG_NONBLOCK));
	SHOW(nng_dialer_start(d, NNG_FLAG_NONBLOCK));
	SHOW(nng_dialer_get_string(d, NNG_OPT_URL, &text));
	SHOW_TEXT(text);
	nng_strfree(text);
	SHOW(nng_dialer_close(d));
	SHOW(nng_dialer_close(d));
	SHOW(nng_listener_create(&l, s, "inproc://here"));
	SHOW(nng_listener_start(l, 0));
	SHOW(nng_listener_start(l, 0));
	SHOW(nng_listen(s, "inproc://here", NULL, 0));
	SHOW(nng_listener_get_string(l, NNG_OPT_URL, &text));
	SHOW_TEXT(text);
	nng_strfree(text);
	SHOW(nng_listener_close(l));
	SHOW(nng_listener_close(l));
	SHOW(nng_close(s));
}

static void
contexts(void)
{
	nng_socket  rep, req;
	nng_ctx     c1, c2;
	nng_aio *   aio;
	nng_msg *   m;
	const char *url = scratch("inproc");
	int         ms;

	MUST(nng_rep0_open(&rep) == 0 && nng_req0_open(&req) == 0);
	MUST(nng_listen(rep, url, NULL, 0) == 0 && nng_dial(req, url, NULL, 0) == 0);
	MUST(nng_aio_alloc(&aio, NULL, NULL) == 0);
	nng_aio_set_timeout(aio, 20000);
	SHOW(nng_ctx_open(&c1, req));
	SHOW(nng_ctx_open(&c2, rep));
	SHOW(nng_ctx_id(c1) > 0);
	SHOW(nng_ctx_set_ms(c1, NNG_OPT_RECVTIMEO, 1234));
	SHOW(nng_ctx_get_ms(c1, NNG_OPT_RECVTIMEO, &ms));
	SHOW(ms);
	SHOW(nng_ctx_set_ms(c1, NNG_OPT_REQ_RESENDTIME, 4321));
	SHOW(nng_ctx_get_ms(c1, NNG_OPT_REQ_RESENDTIME, &ms));
	SHOW(ms);
	SHOW(nng_ctx_set_ms(c1, "nothing", 1));
	SHOW(nng_ctx_set_int(c1, NNG_OPT_RECVTIMEO, 1));
	nng_ctx_recv(c1, aio);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	MUST(nng_msg_alloc(&m, 0) == 0 && nng_msg_append(m, "question", 8) == 0);
	nng_aio_set_msg(aio, m);
	nng_ctx_send(c1, aio);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	nng_ctx_recv(c2, aio);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	m = nng_aio_get_msg(aio);
	SHOW_BYTES(nng_msg_body(m), nng_msg_len(m));
	nng_msg_clear(m);
	nng_msg_append(m, "answer", 6);
	nng_aio_set_msg(aio, m);
	nng_ctx_send(c2, aio);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	nng_ctx_recv(c1, aio);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	m = nng_aio_get_msg(aio);
	SHOW_BYTES(nng_msg_body(m), nng_msg_len(m));
	nng_msg_free(m);
	SHOW(nng_ctx_close(c1));
	SHOW(nng_ctx_close(c1));
	nng_ctx_recv(c2, aio);
	SHOW(nng_close(rep));
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	SHOW(nng_ctx_close(c2));
	SHOW(nng_close(req));
	nng_aio_free(aio);
}

static char            events[64];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static nng_pipe        last;

static void
on_pipe(nng_pipe p, nng_pipe_ev what, void *arg)
{
	pthread_mutex_lock(&lock);
	if (strlen(events) < 2) {
		strcat(events, what == NNG_PIPE_EV_ADD_PRE ? "<" : what == NNG_PIPE_EV_ADD_POST ? "+" : "-");
	}
	last = p;
	pthread_mutex_unlock(&lock);
	if (arg != NULL && what == NNG_PIPE_EV_ADD_PRE) {
		nng_pipe_close(p);
	}
}

static void
wait_events(const char *wanted)
{
	for (int i = 0; i < 2000; i++) {
		pthread_mutex_lock(&lock);
		bool done = strcmp(events, wanted) == 0;
		pthread_mutex_unlock(&lock);
		if (done) {
			break;
		}
		nng_msleep(10);
	}
	SHOW_TEXT(events);
	events[0] = '\0';
}



static void
notifications(void)
{
	nng_socket  a, b;
	const char *url = scratch("inproc");
	nng_dialer  d;

	MUST(nng_pair0_open(&a) == 0 && nng_pair0_open(&b) == 0);
	SHOW(nng_pipe_notify(a, NNG_PIPE_EV_ADD_PRE, on_pipe, NULL));
	SHOW(nng_pipe_notify(a, NNG_PIPE_EV_ADD_POST, on_pipe, NULL));
	SHOW(nng_pipe_notify(a, NNG_PIPE_EV_REM_POST, on_pipe, NULL));
	SHOW(nng_pipe_notify(a, (nng_pipe_ev) 17, on_pipe, NULL));
	MUST(nng_listen(a, url, NULL, 0) == 0);
	SHOW(nng_dial(b, url, &d, 0));
	wait_events("<+");
	SHOW(nng_pipe_socket(last).id == a.id);
	SHOW(nng_pipe_listener(last).id > 0);
	SHOW(nng_dialer_close(d));
	wait_events("-");
	// Rejected before it is added: removed all the same.
	SHOW(nng_pipe_notify(a, NNG_PIPE_EV_ADD_PRE, on_pipe, &a));
	nng_dialer_create(&d, b, url);
	nng_dialer_set_ms(d, NNG_OPT_RECONNMINT, 60000);
	nng_dialer_start(d, NNG_FLAG_NONBLOCK);
	wait_events("<-");
	SHOW(nng_dialer_close(d));
	SHOW(nng_close(a));
	SHOW(nng_close(b));
}

static void
topics(void)
{
	nng_socket  pub, sub;
	const char *url = scratch("inproc");
	char        buffer[16];
	size_t      length;
	bool        prefer;

	MUST(nng_pub0_open(&pub) == 0 && nng_sub0_open(&sub) == 0);
	MUST(count_pipes(pub) == 0 && nng_listen(pub, url, NULL, 0) == 0 && nng_dial(sub, url, NULL, 0) == 0);
	MUST(nng_socket_set_ms(sub, NNG_OPT_RECVTIMEO, 20000) == 0);
	await_pipes(1);
	SHOW(nng_socket_set(sub, NNG_OPT_SUB_SUBSCRIBE, "ab", 2));
	SHOW(nng_send(pub, "xyz", 3, 0));
	SHOW(nng_send(pub, "abc", 3, 0));
	length = sizeof(buffer);
	SHOW(nng_recv(sub, buffer, &length, 0));
	SHOW_BYTES(buffer, length);
	SHOW(nng_socket_set(sub, NNG_OPT_SUB_UNSUBSCRIBE, "zz", 2));
	SHOW(nng_socket_set(sub, NNG_OPT_SUB_UNSUBSCRIBE, "ab", 2));
	SHOW(nng_socket_set(pub, NNG_OPT_SUB_SUBSCRIBE, "x", 1));
	SHOW(nng_send(pub, "abc", 3, 0));
	length = sizeof(buffer);
	MUST(nng_socket_set_ms(sub, NNG_OPT_RECVTIMEO, 200) == 0);
	SHOW(nng_recv(sub, buffer, &length, 0));
	MUST(nng_socket_set_ms(sub, NNG_OPT_RECVTIMEO, 20000) == 0);
	// A text option carries its end mark, so this topic is four bytes.
	SHOW(nng_socket_set_string(sub, NNG_OPT_SUB_SUBSCRIBE, "abc"));
	SHOW(nng_send(pub, "abcd", 4, 0));
	SHOW(nng_send(pub, "abc\0d", 5, 0));
	length = sizeof(buffer);
	SHOW(nng_recv(sub, buffer, &length, 0));
	SHOW_BYTES(buffer, length);
	SHOW(nng_socket_get_bool(sub, NNG_OPT_SUB_PREFNEW, &prefer));
	SHOW(prefer);
	SHOW(nng_socket_set_bool(sub, NNG_OPT_SUB_PREFNEW, false));
	SHOW(nng_socket_get_bool(sub, NNG_OPT_SUB_PREFNEW, &prefer));
	SHOW(prefer);
	SHOW(nng_close(pub));
	SHOW(nng_close(sub));
}

static void
surveys(void)
{
	nng_socket  surveyor, respondent;
	const char *url = scratch("inproc");
	char        buffer[16];
	size_t      length = sizeof(buffer);

	MUST(nng_surveyor0_open(&surveyor) == 0 && nng_respondent0_open(&respondent) == 0);
	MUST(count_pipes(surveyor) == 0 && nng_listen(surveyor, url, NULL, 0) == 0);
	MUST(nng_dial(respondent, url, NULL, 0) == 0);
	MUST(nng_socket_set_ms(respondent, NNG_OPT_RECVTIMEO, 20000) == 0);
	await_pipes(1);
	SHOW(nng_recv(surveyor, buffer, &length, 0));
	SHOW(nng_socket_set_ms(surveyor, NNG_OPT_SURVEYOR_SURVEYTIME, 20000));
	SHOW(nng_send(respondent, "early", 5, 0));
	SHOW(nng_send(surveyor, "who", 3, 0));
	SHOW(nng_recv(respondent, buffer, &length, 0));
	SHOW(nng_send(respondent, "me", 2, 0));
	length = sizeof(buffer);
	SHOW(nng_recv(surveyor, buffer, &length, 0));
	SHOW_BYTES(buffer, length);
	// Another one that ends without an answer, but not between two lines.
	SHOW(nng_socket_set_ms(surveyor, NNG_OPT_SURVEYOR_SURVEYTIME, 1000));
	SHOW(nng_send(surveyor, "who", 3, 0));
	SHOW(nng_recv(surveyor, buffer, &length, 0));
	SHOW(nng_recv(surveyor, buffer, &length, 0));
	SHOW(nng_close(surveyor));
	SHOW(nng_close(respondent));
}

static nng_socket device_a, device_b;

static void *
run_device(void *arg)
{
	*(int *) arg = nng_device(device_a, device_b);
	return NULL;
}

static void
devices(void)
{
	nng_socket  req, rep, cooked;
	const char *front = scratch("inproc");
	const char *back  = scratch("inproc");
	char        buffer[16];
	size_t      length = sizeof(buffer);
	pthread_t   thread;
	int         result = -1;

	MUST(nng_rep0_open_raw(&device_a) == 0 && nng_req0_open_raw(&device_b) == 0);
	MUST(nng_req0_open(&req) == 0 && nng_rep0_open(&rep) == 0 && nng_pair0_open(&cooked) == 0);
	SHOW(nng_device(cooked, cooked));
	SHOW(nng_device(device_a, cooked));
	SHOW(nng_device(device_a, device_a));
	MUST(count_pipes(device_a) == 0 && count_pipes(device_b) == 0);
	MUST(nng_listen(device_a, front, NULL, 0) == 0 && nng_listen(device_b, back, NULL, 0) == 0);
	MUST(nng_dial(req, front, NULL, 0) == 0 && nng_dial(rep, back, NULL, 0) == 0);
	MUST(nng_socket_set_ms(req, NNG_OPT_RECVTIMEO, 20000) == 0 && nng_socket_set_ms(rep, NNG_OPT_RECVTIMEO, 20000) == 0);
	pthread_create(&thread, NULL, run_device, &result);
	await_pipes(2);
	SHOW(nng_send(req, "ping", 4, 0));
	SHOW(nng_recv(rep, buffer, &length, 0));
	SHOW_BYTES(buffer, length);
	SHOW(nng_send(rep, "pong", 4, 0));
	length = sizeof(buffer);
	SHOW(nng_recv(req, buffer, &length, 0));
	SHOW_BYTES(buffer, length);
	SHOW(nng_close(device_a));
	pthread_join(thread, NULL);
	SHOW(result);
	SHOW(nng_close(device_b));
	SHOW(nng_close(req));
	SHOW(nng_close(rep));
	SHOW(nng_close(cooked));
}

static void
polymorphous(void)
{
	nng_socket  hub, a, b;
	const char *url = scratch("inproc");
	nng_msg *   m;
	bool        poly = false;

	SHOW(nng_pair1_open_poly(&hub));
	SHOW(nng_socket_get_bool(hub, NNG_OPT_PAIR1_POLY, &poly));
	SHOW(poly);
	MUST(nng_pair1_open(&a) == 0 && nng_pair1_open(&b) == 0);
	MUST(nng_listen(hub, url, NULL, 0) == 0 && nng_dial(a, url, NULL, 0) == 0 && nng_dial(b, url, NULL, 0) == 0);
	MUST(nng_socket_set_ms(hub, NNG_OPT_RECVTIMEO, 20000) == 0 && nng_socket_set_ms(b, NNG_OPT_RECVTIMEO, 20000) == 0);
	MUST(nng_socket_set_ms(a, NNG_OPT_RECVTIMEO, 100) == 0);
	SHOW(nng_send(b, "to hub", 6, 0));
	SHOW(nng_recvmsg(hub, &m, 0));
	SHOW_BYTES(nng_msg_body(m), nng_msg_len(m));
	SHOW(nng_sendmsg(hub, m, 0));
	SHOW(nng_recvmsg(b, &m, 0));
	nng_msg_free(m);
	SHOW(nng_recvmsg(a, &m, 0));
	SHOW(nng_close(hub));
	SHOW(nng_close(a));
	SHOW(nng_close(b));
}

int
main(void)
{
	opening();
	transfer("inproc");
	transfer("ipc");
	transfer("tcp");
	transfer("abstract");
	dead();
	endpoints();
	contexts();
	notifications();
	topics();
	surveys();
	devices();
	polymorphous();
	nng_closeall();
	nng_fini();
	return 0;
}
