// The small chapters: errors, version, memory, URLs, statistics, the option scanner, clock, threads, locks.
#include "check.h"

#include <nng/protocol/pair0/pair.h>
#include <nng/protocol/reqrep0/rep.h>
#include <nng/protocol/reqrep0/req.h>
#include <nng/supplemental/util/options.h>
#include <nng/supplemental/util/platform.h>
#include <nng/transport/ipc/ipc.h>
#include <nng/transport/tls/tls.h>
#include <nng/transport/ws/websocket.h>

static void
errors(void)
{
	for (int i = -1; i <= 32; i++) {
		SHOW_TEXT(nng_strerror(i));
	}
	SHOW_TEXT(nng_strerror(NNG_EINTERNAL));
	SHOW_TEXT(nng_strerror(NNG_ESYSERR + 2));
	SHOW_TEXT(nng_strerror(NNG_ETRANERR + 7));
	SHOW_TEXT(nng_strerror(1001));
	SHOW(strncmp(nng_version(), "1.", 2));
}

static void
memory(void)
{
	char *p;

	SHOW(nng_alloc(0) == NULL);
	p = nng_alloc(10);
	SHOW(p != NULL);
	nng_free(p, 10);
	nng_free(NULL, 0);
	p = nng_strdup("copy");
	SHOW_TEXT(p);
	nng_strfree(p);
	nng_strfree(NULL);
}

static void
url(const char *text)
{
	nng_url *u = NULL, *c;
	int      rv = nng_url_parse(&u, text);

	printf("url %s = %d\n", text, rv);
	if (rv != 0) {
		return;
	}
	SHOW(nng_url_clone(&c, u));
	nng_url_free(u);
	SHOW_TEXT(c->u_rawurl);
	SHOW_TEXT(c->u_scheme);
	SHOW_TEXT(c->u_userinfo);
	SHOW_TEXT(c->u_host);
	SHOW_TEXT(c->u_hostname);
	SHOW_TEXT(c->u_port);
	SHOW_TEXT(c->u_path);
	SHOW_TEXT(c->u_query);
	SHOW_TEXT(c->u_fragment);
	SHOW_TEXT(c->u_requri);
	nng_url_free(c);
}

static void
urls(void)
{
	url("http://user@Host.COM/a/../b//c?q=1#f");
	url("tcp://127.0.0.1:80");
	url("tcp://*:80");
	url("tcp://[::1]:80");
	url("ws://host/path");
	url("https://host");
	url("inproc://a/b?c#d");
	url("ipc:///tmp/x y");
	url("abstract://%41");
	url("no url");
	url("http://host:");
	url("http://[::1");
	url("http://host/%zz");
	url("http://host/%41%2f");
	url("http://a@b@c/");
	url("");
	nng_url_free(NULL);
}

static int
count(nng_stat *stat)
{
	int n = 1;
	for (nng_stat *c = nng_stat_child(stat); c != NULL; c = nng_stat_next(c)) {
		n += count(c);
	}
	return n;
}

static void
show_children(nng_stat *scope)
{
	for (nng_stat *item = nng_stat_child(scope); item != NULL; item = nng_stat_next(item)) {
		// Counters of dropped messages, by reason, are ours.
		if (strncmp(nng_stat_name(item), "drop_", 5) == 0) {
			continue;
		}
		printf("%s: %s type %d unit %d\n", nng_stat_name(scope), nng_stat_name(item), nng_stat_type(item),
		    nng_stat_unit(item));
	}
}

static void
statistics(void)
{
	nng_socket   a, b;
	nng_dialer   d;
	nng_listener l;
	nng_stat *   root, *scope;
	char         buffer[8];
	size_t       length = sizeof(buffer);
	const char * address = scratch("inproc");

	MUST(nng_pair0_open(&a) == 0 && nng_pair0_open(&b) == 0);
	MUST(nng_socket_set_ms(b, NNG_OPT_RECVTIMEO, 20000) == 0);
	MUST(nng_listen(a, address, &l, 0) == 0 && nng_dial(b, address, &d, 0) == 0);
	MUST(nng_send(a, "hello", 5, 0) == 0 && nng_recv(b, buffer, &length, 0) == 0);
	SHOW(nng_stats_get(&root));
	SHOW_TEXT(nng_stat_name(root));
	SHOW(nng_stat_type(root));
	SHOW_TEXT(nng_stat_desc(root));
	SHOW(nng_stat_next(root) == NULL);
	SHOW(nng_stat_timestamp(root) > 0);
	SHOW(count(root) > 40);
	scope = nng_stat_find_socket(root, a);
	SHOW(scope != NULL);
	SHOW_TEXT(nng_stat_name(scope));
	show_children(scope);
	SHOW(nng_stat_value(nng_stat_find(scope, "tx_msgs")));
	SHOW(nng_stat_value(nng_stat_find(scope, "tx_bytes")));
	SHOW(nng_stat_value(nng_stat_find(scope, "pipes")));
	SHOW_TEXT(nng_stat_string(nng_stat_find(scope, "protocol")));
	SHOW_TEXT(nng_stat_string(nng_stat_find(scope, "tx_msgs")));
	scope = nng_stat_find_dialer(root, d);
	SHOW(scope != NULL);
	show_children(scope);
	scope = nng_stat_find_listener(root, l);
	SHOW(scope != NULL);
	show_children(scope);
	SHOW(nng_stat_bool(nng_stat_find(scope, "pipes")));
	SHOW(nng_stat_find(root, "nothing") == NULL);
	SHOW(nng_stat_find(NULL, "socket") == NULL);
	SHOW(nng_stat_find_socket(NULL, a) == NULL);
	SHOW(nng_close(a));
	SHOW(nng_stat_value(nng_stat_find(scope, "accept")));
	nng_stats_free(root);
	SHOW(nng_close(b));
	SHOW(nng_stats_get(&root));
	SHOW(nng_stat_find_socket(root, a) == NULL);
	nng_stats_dump(root);
	nng_stats_free(root);
}

static const nng_optspec specs[] = {
	{ "verbose", 'v', 1, false },
	{ "version", 'V', 2, false },
	{ "file", 'f', 3, true },
	{ "fil", 0, 4, false },
	{ NULL, 'x', 5, true },
	{ NULL, 0, 0, false },
};

static void
scan(char *one, char *two)
{
	char *argv[]  = { "program", one, two, NULL };
	int   argc    = two == NULL ? 2 : 3;
	int   value   = -7;
	char *optarg  = NULL;
	int   index   = 1;
	int   rv      = nng_opts_parse(argc, argv, specs, &value, &optarg, &index);

	printf("scan %s %s = %d value %d arg %s index %d\n", one, two ? two : "-", rv, value, optarg ? optarg : "NULL", index);
}

static void
scanning(void)
{
	scan("--verbose", NULL);
	scan("--verb", NULL);
	scan("--ver", NULL);
	scan("--version", NULL);
	scan("--file", "name");
	scan("--file", NULL);
	scan("--file=name", NULL);
	scan("--file:name", NULL);
	scan("--file=", NULL);
	scan("--fil", NULL);
	scan("--fi", NULL);
	scan("--fil=x", NULL);
	scan("--nothing", NULL);
	scan("--", NULL);
	scan("-", NULL);
	scan("", NULL);
	scan("word", NULL);
	scan("-v", NULL);
	scan("-vV", NULL);
	scan("-f", "name");
	scan("-fname", NULL);
	scan("-f=5", NULL);
	scan("-f", NULL);
	scan("-f", "-v");
	scan("-x", "y");
	scan("-z", NULL);
	scan("--verbose=1", NULL);
}

static nng_mtx *mutex;
static nng_cv * condition;
static int      state;

static void
worker(void *arg)
{
	nng_mtx_lock(mutex);
	state = *(int *) arg;
	nng_cv_wake(condition);
	while (state != 2) {
		nng_cv_wait(condition);
	}
	state = 3;
	nng_cv_wake1(condition);
	nng_mtx_unlock(mutex);
}

static void
threads(void)
{
	nng_thread *thread;
	int         one    = 1;
	nng_time    before = nng_clock();

	nng_msleep(20);
	SHOW(nng_clock() - before >= 19);
	SHOW(nng_random() != nng_random() || nng_random() != nng_random());
	SHOW(nng_mtx_alloc(&mutex));
	SHOW(nng_cv_alloc(&condition, mutex));
	SHOW(nng_thread_create(&thread, worker, &one));
	nng_mtx_lock(mutex);
	while (state != 1) {
		nng_cv_wait(condition);
	}
	SHOW(nng_cv_until(condition, nng_clock() + 10));
	state = 2;
	nng_cv_wake(condition);
	while (state != 3) {
		nng_cv_wait(condition);
	}
	nng_mtx_unlock(mutex);
	nng_thread_set_name(thread, "a name");
	nng_thread_destroy(thread);
	SHOW(state);
	nng_cv_free(condition);
	nng_mtx_free(mutex);
	nng_cv_free(NULL);
	nng_mtx_free(NULL);
}

static void
registering(void)
{
	SHOW(nng_ipc_register());
	SHOW(nng_tls_register());
	SHOW(nng_ws_register());
	SHOW(nng_wss_register());
}

// Addresses that are no UTF-8.
static void
encodings(void)
{
	static const char *bad[] = { "http://h/\xff", "http://h/?\xff", "http://h/#\xff", "http://h/a\xc0\xaf", "http://h/\xe2\x82",
		"http://h/\xf5\x80\x80\x80", "http://h/%ff" };
	nng_socket   s;
	nng_dialer   d;
	nng_listener l;
	nng_url *    u;

	MUST(nng_pair0_open(&s) == 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		SHOW(nng_url_parse(&u, bad[i]));
	}
	SHOW(nng_listen(s, "tcp://127.0.0.1:0/\xff", &l, 0));
	SHOW(nng_dial(s, "tcp://127.0.0.1:5555/\xff", &d, NNG_FLAG_NONBLOCK));
	SHOW(nng_listener_create(&l, s, "inproc://capi-\xff"));
	SHOW(nng_listener_create(&l, s, "ipc:///tmp/capi-\xff"));
	SHOW(nng_listener_create(&l, s, "abstract://capi-\xff"));
	SHOW(nng_listener_create(&l, s, "inproc://capi-\xc3\xa9"));
	MUST(nng_dialer_create(&d, s, "tls+tcp://127.0.0.1:5555") == 0);
	SHOW(nng_dialer_set_string(d, NNG_OPT_TLS_SERVER_NAME, "h\xff"));
	SHOW(nng_dialer_set(d, NNG_OPT_TLS_SERVER_NAME, "h\xff", 3));
	SHOW(nng_dialer_set_string(d, NNG_OPT_TLS_SERVER_NAME, "h\xc3\xa9"));
	SHOW(nng_close(s));
}

int
main(void)
{
	errors();
	memory();
	urls();
	statistics();
	scanning();
	threads();
	registering();
	encodings();
	return 0;
}
