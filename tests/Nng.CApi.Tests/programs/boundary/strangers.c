// Threads that the library has not made: many, short-lived, some with small stacks, some that end with work under way.
#include "../check.h"

#include <nng/protocol/pipeline0/pull.h>
#include <nng/protocol/pipeline0/push.h>
#include <nng/supplemental/util/platform.h>

enum { THREADS = 32, MESSAGES = 200, GENERATIONS = 10 };

static nng_socket push, pull;
static nng_mtx *  lock;
static int        locked;

static void *
sends(void *arg)
{
	nng_msg *m;

	for (int i = 0; i < MESSAGES; i++) {
		MUST(nng_msg_alloc(&m, 0) == 0);
		MUST(nng_msg_append_u32(m, (uint32_t) (uintptr_t) arg) == 0);
		MUST(nng_sendmsg(push, m, 0) == 0);
	}
	nng_mtx_lock(lock);
	locked++;
	nng_mtx_unlock(lock);
	return NULL;
}

// Ends with an operation under way, which goes on without it.
static void *
leaves(void *arg)
{
	nng_aio **out = arg;

	MUST(nng_aio_alloc(out, NULL, NULL) == 0);
	nng_aio_set_timeout(*out, 50);
	nng_sleep_aio(60000, *out);
	return NULL;
}

static long
generation(size_t stack)
{
	pthread_attr_t attributes;
	pthread_t      threads[THREADS];
	nng_msg *      m;
	long           sum = 0;

	pthread_attr_init(&attributes);
	if (stack != 0) {
		MUST(pthread_attr_setstacksize(&attributes, stack) == 0);
	}
	for (uintptr_t i = 0; i < THREADS; i++) {
		MUST(pthread_create(&threads[i], &attributes, sends, (void *) i) == 0);
	}
	for (int i = 0; i < THREADS * MESSAGES; i++) {
		uint32_t value;
		MUST(nng_recvmsg(pull, &m, 0) == 0);
		MUST(nng_msg_trim_u32(m, &value) == 0);
		sum += value;
		nng_msg_free(m);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
	}
	pthread_attr_destroy(&attributes);
	return sum;
}

int
main(void)
{
	const char *url = scratch("ipc");
	pthread_t   thread;
	nng_aio *   left;

	MUST(nng_mtx_alloc(&lock) == 0);
	MUST(nng_push0_open(&push) == 0 && nng_pull0_open(&pull) == 0);
	MUST(nng_socket_set_ms(pull, NNG_OPT_RECVTIMEO, 20000) == 0);
	MUST(nng_listen(pull, url, NULL, 0) == 0 && nng_dial(push, url, NULL, 0) == 0);
	for (int i = 0; i < GENERATIONS; i++) {
		SHOW(generation(0));
	}
	SHOW(generation(64 * 1024));
	SHOW(locked);
	MUST(pthread_create(&thread, NULL, leaves, &left) == 0);
	pthread_join(thread, NULL);
	nng_aio_wait(left);
	SHOW(nng_aio_result(left));
	nng_aio_free(left);
	nng_close(push);
	nng_close(pull);
	nng_mtx_free(lock);
	return 0;
}
