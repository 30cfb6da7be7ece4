// What the 1.12 line has beyond 1.5.2. There is no original to compare with here: the lines are compared with
// newer.expected, which was checked by hand against the manual.
#include "../check.h"

#include <nng/protocol/pair0/pair.h>
#include <nng/protocol/pubsub0/pub.h>
#include <nng/protocol/pubsub0/sub.h>
#include <nng/protocol/reqrep0/rep.h>
#include <nng/protocol/reqrep0/req.h>
#include <nng/supplemental/util/idhash.h>

static void
identity(void)
{
	nng_socket  s, dead = NNG_SOCKET_INITIALIZER;
	uint16_t    id;
	const char *name;
	bool        raw;

	MUST(nng_req0_open_raw(&s) == 0);
	SHOW(nng_socket_proto_id(s, &id));
	SHOW(id);
	SHOW(nng_socket_peer_id(s, &id));
	SHOW(id);
	SHOW(nng_socket_proto_name(s, &name));
	SHOW_TEXT(name);
	SHOW(nng_socket_peer_name(s, &name));
	SHOW_TEXT(name);
	SHOW(nng_socket_raw(s, &raw));
	SHOW(raw);
	SHOW(nng_socket_proto_id(dead, &id));
	SHOW(nng_socket_proto_name(dead, &name));
	SHOW(nng_socket_proto_id(s, NULL));
	SHOW(nng_socket_close(s));
	SHOW(nng_socket_close(s));
}

static void
lending(void)
{
	nng_socket     s;
	nng_dialer     d;
	nng_listener   l;
	const nng_url *url;

	MUST(nng_pair0_open(&s) == 0);
	MUST(nng_dialer_create(&d, s, "tcp://localhost:99/path") == NNG_EADDRINVAL);
	MUST(nng_dialer_create(&d, s, "tcp://localhost:99") == 0);
	SHOW(nng_dialer_get_url(d, &url));
	SHOW_TEXT(url->u_rawurl);
	SHOW_TEXT(url->u_hostname);
	SHOW_TEXT(url->u_port);
	SHOW(nng_dialer_close(d));
	SHOW(nng_dialer_get_url(d, &url));
	MUST(nng_listener_create(&l, s, "tcp://127.0.0.1:0") == 0);
	SHOW(nng_listener_get_url(l, &url));
	SHOW_TEXT(url->u_rawurl);
	SHOW(nng_listener_close(l));
	SHOW(nng_listener_get_url(l, &url));
	SHOW(nng_socket_close(s));
}

static void
synchronous(void)
{
	nng_socket  rep, req;
	nng_ctx     asker, replier;
	nng_msg *   m;
	nng_aio *   aio;
	const char *url = scratch("inproc");

	MUST(nng_rep0_open(&rep) == 0 && nng_req0_open(&req) == 0);
	MUST(nng_listen(rep, url, NULL, 0) == 0 && nng_dial(req, url, NULL, 0) == 0);
	MUST(nng_ctx_open(&asker, req) == 0 && nng_ctx_open(&replier, rep) == 0);
	MUST(nng_ctx_set_ms(replier, NNG_OPT_RECVTIMEO, 20000) == 0 && nng_ctx_set_ms(asker, NNG_OPT_RECVTIMEO, 20000) == 0);
	SHOW(nng_ctx_recvmsg(asker, &m, 0));
	SHOW(nng_ctx_recvmsg(replier, &m, NNG_FLAG_NONBLOCK));
	SHOW(nng_ctx_sendmsg(asker, NULL, 0));
	MUST(nng_msg_alloc(&m, 0) == 0 && nng_msg_append(m, "q", 1) == 0);
	SHOW(nng_ctx_sendmsg(asker, m, 0));
	SHOW(nng_ctx_recvmsg(replier, &m, 0));
	SHOW(nng_ctx_sendmsg(replier, m, 0));
	SHOW(nng_ctx_recvmsg(asker, &m, 0));
	SHOW_BYTES(nng_msg_body(m), nng_msg_len(m));
	nng_msg_free(m);

	MUST(nng_aio_alloc(&aio, NULL, NULL) == 0);
	SHOW(nng_aio_busy(aio));
	nng_sock_recv(rep, aio);
	SHOW(nng_aio_busy(aio));
	nng_aio_cancel(aio);
	nng_aio_wait(aio);
	SHOW(nng_aio_busy(aio));
	SHOW(nng_aio_result(aio));
	nng_aio_set_expire(aio, nng_clock() + 10);
	nng_sock_recv(rep, aio);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	nng_sock_send(rep, aio);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	nng_socket_close(rep);
	nng_socket_close(req);

	MUST(nng_rep0_open_raw(&rep) == 0 && nng_req0_open_raw(&req) == 0);
	nng_device_aio(aio, rep, req);
	nng_aio_abort(aio, NNG_EINTR);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	nng_device_aio(aio, rep, req);
	nng_socket_close(rep);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	nng_socket_close(req);
	nng_aio_free(aio);
}

static void
topics(void)
{
	nng_socket  pub, sub;
	nng_ctx     ctx;
	const char *url = scratch("inproc");
	char        buffer[8];
	size_t      length = sizeof(buffer);

	MUST(nng_pub0_open(&pub) == 0 && nng_sub0_open(&sub) == 0 && nng_ctx_open(&ctx, sub) == 0);
	MUST(count_pipes(pub) == 0 && nng_listen(pub, url, NULL, 0) == 0 && nng_dial(sub, url, NULL, 0) == 0);
	MUST(nng_socket_set_ms(sub, NNG_OPT_RECVTIMEO, 20000) == 0);
	SHOW(nng_sub0_socket_subscribe(sub, "a", 1));
	SHOW(nng_sub0_socket_subscribe(sub, "a", 1));
	SHOW(nng_sub0_ctx_subscribe(ctx, "b", 1));
	SHOW(nng_sub0_ctx_unsubscribe(ctx, "b", 1));
	SHOW(nng_sub0_ctx_unsubscribe(ctx, "b", 1));
	SHOW(nng_sub0_socket_subscribe(pub, "a", 1));
	await_pipes(1);
	MUST(nng_send(pub, "abc", 3, 0) == 0);
	SHOW(nng_recv(sub, buffer, &length, 0));
	SHOW_BYTES(buffer, length);
	SHOW(nng_sub0_socket_unsubscribe(sub, "a", 1));
	SHOW(nng_sub0_socket_unsubscribe(sub, "a", 1));
	nng_socket_close(pub);
	nng_socket_close(sub);
}

static void
maps(void)
{
	nng_id_map *map;
	uint64_t    id = 0;
	void *      value;
	uint32_t    cursor = 0;
	int         things[4], found = 0;

	SHOW(nng_id_map_alloc(&map, 0, 0, 0));
	for (int i = 0; i < 3; i++) {
		SHOW(nng_id_alloc(map, &id, &things[i]));
		SHOW(id);
	}
	SHOW(nng_id_get(map, 2) == &things[1]);
	SHOW(nng_id_get(map, 9) == NULL);
	SHOW(nng_id_set(map, 1ULL << 40, &things[3]));
	SHOW(nng_id_set(map, 5, NULL));
	SHOW(nng_id_remove(map, 2));
	SHOW(nng_id_remove(map, 2));
	while (nng_id_visit(map, &id, &value, &cursor)) {
		found++;
		MUST(nng_id_get(map, id) == value);
	}
	SHOW(found);
	SHOW(nng_id_alloc(map, &id, &things[1]));
	SHOW(id);
	nng_id_map_free(map);
	SHOW(nng_id_map_alloc(&map, 10, 11, NNG_MAP_RANDOM));
	SHOW(nng_id_alloc(map, &id, things));
	SHOW(nng_id_alloc(map, &id, things));
	SHOW(nng_id_alloc(map, &id, things));
	nng_id_map_free(map);
	SHOW(nng_id_map_alloc(&map, 11, 10, 0));
}

static void
address(const nng_sockaddr *a)
{
	char text[NNG_MAXADDRSTRLEN];
	SHOW_TEXT(nng_str_sockaddr(a, text, sizeof(text)));
}

static void
addresses(void)
{
	nng_sockaddr a;

	memset(&a, 0, sizeof(a));
	a.s_in.sa_family = NNG_AF_INET;
	a.s_in.sa_addr   = 0x0100007f;
	a.s_in.sa_port   = 0x5000;
	address(&a);
	memset(&a, 0, sizeof(a));
	a.s_in6.sa_family   = NNG_AF_INET6;
	a.s_in6.sa_addr[15] = 1;
	a.s_in6.sa_port     = 0x5000;
	address(&a);
	a.s_in6.sa_addr[0] = 0xfe;
	a.s_in6.sa_addr[1] = 0x80;
	a.s_in6.sa_scope   = 3;
	address(&a);
	memset(&a, 0, sizeof(a));
	a.s_ipc.sa_family = NNG_AF_IPC;
	strcpy(a.s_ipc.sa_path, "/tmp/x");
	address(&a);
	memset(&a, 0, sizeof(a));
	a.s_inproc.sa_family = NNG_AF_INPROC;
	strcpy(a.s_inproc.sa_name, "name");
	address(&a);
	memset(&a, 0, sizeof(a));
	a.s_abstract.sa_family = NNG_AF_ABSTRACT;
	a.s_abstract.sa_len    = 3;
	memcpy(a.s_abstract.sa_name, "abc", 3);
	address(&a);
	a.s_family = 99;
	address(&a);
}

static void
logger(nng_log_level level, nng_log_facility facility, const char *id, const char *text)
{
	printf("log %d %d %s %s\n", level, facility, id ? id : "NULL", strlen(text) > 60 ? "(long)" : text);
	if (strlen(text) > 60) {
		SHOW(strlen(text));
	}
}

static void
logging(void)
{
	char long_text[1000];

	memset(long_text, 'x', sizeof(long_text));
	long_text[999] = '\0';
	SHOW(nng_log_get_level());
	nng_log_set_logger(logger);
	nng_log_err("ID", "number %d", 1);
	nng_log_warn("ID", "text %s", "t");
	nng_log_notice(NULL, "no id");
	nng_log_info("ID", "not shown");
	nng_log_debug("ID", "not shown");
	nng_log_auth(NNG_LOG_WARN, "ID", "authentication");
	nng_log_set_level(NNG_LOG_DEBUG);
	SHOW(nng_log_get_level());
	nng_log_set_facility(NNG_LOG_LOCAL3);
	nng_log_info("ID", "shown");
	nng_log_debug("ID", "shown");
	nng_log_err("ID", "%s", long_text);
	nng_log_set_level(NNG_LOG_NONE);
	nng_log_err("ID", "not shown");
	nng_log_set_level(NNG_LOG_NOTICE);
	nng_log_set_logger(NULL);
	nng_log_err("ID", "not shown");
	nng_null_logger(NNG_LOG_ERR, NNG_LOG_USER, "ID", "not shown");
	nng_stderr_logger(NNG_LOG_ERR, NNG_LOG_USER, "ID", "on stderr");
	nng_system_logger(NNG_LOG_DEBUG, NNG_LOG_USER, "ID", "a test of the system logger");
}

static void
the_rest(void)
{
	int   pair[2];
	char  c = 0;
	void *p;

	nng_init_set_parameter(NNG_INIT_NUM_TASK_THREADS, 4);
	SHOW(nng_socket_pair(pair));
	MUST(write(pair[0], "x", 1) == 1 && read(pair[1], &c, 1) == 1);
	SHOW(c);
	close(pair[0]);
	close(pair[1]);
	nng_socket s;
	MUST(nng_pair0_open(&s) == 0);
	SHOW(nng_getopt_ptr(s, NNG_OPT_RECVBUF, &p));
	nng_socket_close(s);
}

int
main(void)
{
	identity();
	lending();
	synchronous();
	topics();
	maps();
	addresses();
	logging();
	the_rest();
	nng_fini();
	return 0;
}
