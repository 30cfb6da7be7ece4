// Makes and drops every kind of object for a while; then memory, descriptors and threads are what they were when it was
// warm. usage: churn SECONDS
#include "../check.h"
#include "../identity.h"

#include <dirent.h>
#include <time.h>

#include <nng/protocol/pair1/pair.h>
#include <nng/protocol/pubsub0/pub.h>
#include <nng/protocol/pubsub0/sub.h>
#include <nng/protocol/reqrep0/rep.h>
#include <nng/protocol/reqrep0/req.h>
#include <nng/supplemental/http/http.h>
#include <nng/supplemental/tls/tls.h>
#include <nng/supplemental/util/idhash.h>
#include <nng/supplemental/util/platform.h>

struct use {
	long kilobytes;
	int  descriptors;
	int  threads;
};

static struct use
measure(void)
{
	struct use u;
	char       line[256];
	FILE *     status = fopen("/proc/self/status", "r");
	DIR *      folder = opendir("/proc/self/fd");

	memset(&u, 0, sizeof(u));
	while (fgets(line, sizeof(line), status) != NULL) {
		sscanf(line, "VmRSS: %ld", &u.kilobytes);
		sscanf(line, "Threads: %d", &u.threads);
	}
	fclose(status);
	while (readdir(folder) != NULL) {
		u.descriptors++;
	}
	closedir(folder);
	return u;
}

static void
talk(nng_socket listening, nng_socket dialling, const char *url)
{
	nng_listener   l;
	const nng_url *lent;
	char           real[96], text[16];
	size_t       size = sizeof(text);
	int          fd;

	MUST(nng_listen(listening, url, &l, 0) == 0);
	MUST(nng_listener_get_url(l, &lent) == 0);
	snprintf(real, sizeof(real), "%s", url);
	if (strncmp(url, "tcp", 3) == 0) {
		int port;
		MUST(nng_listener_get_int(l, NNG_OPT_TCP_BOUND_PORT, &port) == 0);
		snprintf(real, sizeof(real), "tcp://127.0.0.1:%d", port);
	}
	nng_socket_set_ms(listening, NNG_OPT_RECVTIMEO, 10000);
	nng_socket_set_ms(dialling, NNG_OPT_RECVTIMEO, 10000);
	MUST(nng_socket_get_int(listening, NNG_OPT_RECVFD, &fd) == 0);
	MUST(nng_dial(dialling, real, NULL, 0) == 0);
	MUST(nng_send(dialling, "question", 8, 0) == 0);
	MUST(nng_recv(listening, text, &size, 0) == 0);
	MUST(nng_send(listening, "answer", 6, 0) == 0);
	size = sizeof(text);
	MUST(nng_recv(dialling, text, &size, 0) == 0);
	MUST(nng_close(dialling) == 0);
	MUST(nng_close(listening) == 0);
}

static void
sockets(int round)
{
	nng_socket a, b;
	nng_ctx    ctx;
	char       path[64];

	MUST(nng_pair1_open(&a) == 0 && nng_pair1_open(&b) == 0);
	talk(a, b, round % 2 ? "tcp://127.0.0.1:0" : "inproc://churn");
	MUST(nng_rep0_open(&a) == 0 && nng_req0_open(&b) == 0);
	MUST(nng_ctx_open(&ctx, b) == 0);
	MUST(nng_ctx_close(ctx) == 0);
	MUST(nng_ctx_open(&ctx, b) == 0);
	snprintf(path, sizeof(path), "ipc:///tmp/nng-churn-%d.sock", (int) getpid());
	talk(a, b, path);
	MUST(nng_sub0_open(&a) == 0);
	MUST(nng_sub0_socket_subscribe(a, "topic", 5) == 0);
	MUST(nng_dial(a, "tcp://127.0.0.1:1", NULL, NNG_FLAG_NONBLOCK) == 0);
	MUST(nng_close(a) == 0);
}

static void
streams(nng_aio *one, nng_aio *two)
{
	nng_stream_listener *l;
	nng_stream_dialer *  d;
	nng_iov              iov = { "bytes", 5 };
	char                 url[64], text[8];
	int                  port;

	MUST(nng_stream_listener_alloc(&l, "tcp://127.0.0.1:0") == 0);
	MUST(nng_stream_listener_listen(l) == 0);
	MUST(nng_stream_listener_get_int(l, NNG_OPT_TCP_BOUND_PORT, &port) == 0);
	snprintf(url, sizeof(url), "tcp://127.0.0.1:%d", port);
	MUST(nng_stream_dialer_alloc(&d, url) == 0);
	nng_stream_listener_accept(l, one);
	nng_stream_dialer_dial(d, two);
	nng_aio_wait(one);
	nng_aio_wait(two);
	nng_stream *a = nng_aio_get_output(one, 0), *b = nng_aio_get_output(two, 0);
	MUST(a != NULL && b != NULL);
	MUST(nng_aio_set_iov(one, 1, &iov) == 0);
	nng_stream_send(a, one);
	iov.iov_buf = text;
	MUST(nng_aio_set_iov(two, 1, &iov) == 0);
	nng_stream_recv(b, two);
	nng_aio_wait(one);
	nng_aio_wait(two);
	// One is dropped with a receive pending.
	nng_stream_recv(b, two);
	nng_stream_free(b);
	nng_aio_wait(two);
	nng_stream_free(a);
	nng_stream_dialer_free(d);
	nng_stream_listener_free(l);
}

static void
datagrams(nng_aio *aio)
{
	nng_udp *    u;
	nng_sockaddr sa = { 0 };
	char         text[8];
	nng_iov      iov = { text, sizeof(text) };

	sa.s_in.sa_family = NNG_AF_INET;
	sa.s_in.sa_addr   = htonl(0x7f000001);
	MUST(nng_udp_open(&u, &sa) == 0);
	MUST(nng_aio_set_iov(aio, 1, &iov) == 0);
	nng_udp_recv(u, aio);
	nng_udp_close(u);
	nng_aio_wait(aio);
}

static void
on_thread(void *arg)
{
	nng_msg_free(arg);
}

static void
small(void)
{
	nng_msg *       m, *copy;
	nng_aio *       aio;
	nng_url *       url;
	nng_stat *      stats;
	nng_id_map *    map;
	nng_tls_config *config;
	nng_thread *    thread;
	nng_mtx *       mutex;
	nng_cv *        cv;
	uint64_t        id;
	char *          text;

	MUST(nng_msg_alloc(&m, 1000) == 0);
	MUST(nng_msg_dup(&copy, m) == 0);
	nng_msg_free(m);
	MUST(nng_thread_create(&thread, on_thread, copy) == 0);
	nng_thread_destroy(thread);
	MUST(nng_aio_alloc(&aio, NULL, NULL) == 0);
	nng_sleep_aio(10000, aio);
	nng_aio_free(aio);
	MUST(nng_aio_alloc(&aio, NULL, NULL) == 0);
	nng_aio_reap(aio);
	MUST(nng_url_parse(&url, "http://somewhere/path?query") == 0);
	nng_url_free(url);
	MUST(nng_stats_get(&stats) == 0);
	nng_stats_free(stats);
	MUST(nng_id_map_alloc(&map, 0, 0, 0) == 0);
	MUST(nng_id_alloc(map, &id, &id) == 0);
	nng_id_map_free(map);
	MUST(nng_tls_config_alloc(&config, NNG_TLS_MODE_SERVER) == 0);
	MUST(nng_tls_config_own_cert(config, certificate, key, NULL) == 0);
	MUST(nng_tls_config_ca_chain(config, stranger, NULL) == 0);
	nng_tls_config_free(config);
	MUST(nng_mtx_alloc(&mutex) == 0);
	MUST(nng_cv_alloc(&cv, mutex) == 0);
	nng_cv_free(cv);
	nng_mtx_free(mutex);
	MUST((text = nng_strdup("text")) != NULL);
	nng_strfree(text);
}

static void
answer(nng_aio *call)
{
	nng_http_res *res;
	const char *  agent = nng_http_req_get_header(nng_aio_get_input(call, 0), "X-Agent");

	MUST(nng_http_res_alloc(&res) == 0);
	MUST(nng_http_res_copy_data(res, agent, strlen(agent)) == 0);
	nng_aio_set_output(call, 0, res);
	nng_aio_finish(call, 0);
}

static void
web(nng_aio *aio)
{
	nng_http_server * server;
	nng_http_handler *handler;
	nng_http_client * client;
	nng_http_req *    req;
	nng_http_res *    res;
	nng_sockaddr      sa;
	nng_url *         url;
	char              text[64];
	void *            data;
	size_t            size;

	MUST(nng_url_parse(&url, "http://127.0.0.1:0") == 0);
	MUST(nng_http_server_hold(&server, url) == 0);
	nng_url_free(url);
	MUST(nng_http_handler_alloc(&handler, "/agent", answer) == 0);
	MUST(nng_http_server_add_handler(server, handler) == 0);
	MUST(nng_http_server_start(server) == 0);
	MUST(nng_http_server_get_addr(server, &sa) == 0);
	snprintf(text, sizeof(text), "http://127.0.0.1:%u/agent", ntohs(sa.s_in.sa_port));
	MUST(nng_url_parse(&url, text) == 0);
	MUST(nng_http_client_alloc(&client, url) == 0);
	MUST(nng_http_req_alloc(&req, url) == 0);
	MUST(nng_http_res_alloc(&res) == 0);
	MUST(nng_http_req_set_header(req, "X-Agent", "churn") == 0);
	nng_http_client_transact(client, req, res, aio);
	nng_aio_wait(aio);
	MUST(nng_aio_result(aio) == 0);
	nng_http_res_get_data(res, &data, &size);
	MUST(size == 5 && memcmp(data, "churn", 5) == 0);
	nng_http_req_free(req);
	nng_http_res_free(res);
	nng_http_client_free(client);
	nng_http_server_release(server);
	nng_url_free(url);
}

static int
rounds(int seconds)
{
	nng_aio *one, *two;
	time_t   end   = time(NULL) + seconds;
	int      count = 0;

	MUST(nng_aio_alloc(&one, NULL, NULL) == 0);
	MUST(nng_aio_alloc(&two, NULL, NULL) == 0);
	nng_aio_set_timeout(one, 20000);
	nng_aio_set_timeout(two, 20000);
	do {
		sockets(count);
		streams(one, two);
		datagrams(one);
		small();
		web(one);
		count++;
	} while (time(NULL) < end);
	nng_aio_free(one);
	nng_aio_free(two);
	return count;
}

int
main(int argc, char **argv)
{
	int        seconds = argc > 1 ? atoi(argv[1]) : 5;
	struct use warm, after;
	int        count;

	rounds(seconds / 3 + 1);
	warm  = measure();
	count = rounds(seconds);
	after = measure();
	printf("%d rounds: %ld to %ld kB, %d to %d descriptors, %d to %d threads\n", count, warm.kilobytes, after.kilobytes,
	    warm.descriptors, after.descriptors, warm.threads, after.threads);
	// What closes in the background, what the collector has not looked at yet, and the pool's own ups and downs.
	return after.kilobytes > warm.kilobytes * 3 / 2 + 16384 || after.descriptors > warm.descriptors + 16
	    || after.threads > warm.threads + 8;
}
