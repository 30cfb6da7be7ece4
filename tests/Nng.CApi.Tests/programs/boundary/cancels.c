// A cancel ends an exchange with a server that does not answer, wherever it hits: while it connects, after that, or between the two.
#include "../check.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <nng/supplemental/http/http.h>

enum { ROUNDS = 20000, LONGEST = 150000 };

static nng_aio *aio;

// How many exchanges have begun.
static int begun;

// A port that takes connections, and says nothing.
static int
listen_silently(int *port)
{
	struct sockaddr_in any  = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t          size = sizeof(any);
	int                fd   = socket(AF_INET, SOCK_STREAM, 0);

	MUST(fd >= 0 && bind(fd, (struct sockaddr *) &any, sizeof(any)) == 0 && listen(fd, 1000) == 0);
	MUST(fcntl(fd, F_SETFL, O_NONBLOCK) == 0 && getsockname(fd, (struct sockaddr *) &any, &size) == 0);
	*port = ntohs(any.sin_port);
	return fd;
}

// Cancels each exchange after another while.
static void *
cancels(void *arg)
{
	(void) arg;
	for (int i = 0; i < ROUNDS; i++) {
		while (__atomic_load_n(&begun, __ATOMIC_ACQUIRE) <= i) {
			sched_yield();
		}
		for (volatile int k = (i * 7919) % LONGEST; k > 0; k--) {
		}
		nng_aio_cancel(aio);
	}
	return NULL;
}

int
main(void)
{
	nng_url *        url;
	nng_http_client *client;
	nng_http_req *   req;
	nng_http_res *   res;
	pthread_t        thread;
	char             text[64];
	int              port, connection, server = listen_silently(&port), canceled = 0;

	snprintf(text, sizeof(text), "http://127.0.0.1:%d/", port);
	MUST(nng_url_parse(&url, text) == 0 && nng_http_client_alloc(&client, url) == 0);
	MUST(nng_http_req_alloc(&req, url) == 0 && nng_http_res_alloc(&res) == 0 && nng_aio_alloc(&aio, NULL, NULL) == 0);
	MUST(pthread_create(&thread, NULL, cancels, NULL) == 0);
	for (int i = 0; i < ROUNDS; i++) {
		nng_http_client_transact(client, req, res, aio);
		__atomic_store_n(&begun, i + 1, __ATOMIC_RELEASE);
		nng_aio_wait(aio);
		canceled += nng_aio_result(aio) == NNG_ECANCELED;
		while ((connection = accept(server, NULL, NULL)) >= 0) {
			close(connection);
		}
	}
	pthread_join(thread, NULL);
	SHOW(canceled);
	nng_aio_free(aio);
	nng_http_req_free(req);
	nng_http_res_free(res);
	nng_http_client_free(client);
	nng_url_free(url);
	close(server);
	return 0;
}
