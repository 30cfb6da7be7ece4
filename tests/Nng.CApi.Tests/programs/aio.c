// Asynchronous operations: results, timeouts, cancelling, stopping, slots, vectors, providers.
#include "check.h"

#include <nng/supplemental/util/platform.h>

static int             calls;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static nng_aio *       again;
static int             rounds;

static void
count(void *arg)
{
	(void) arg;
	pthread_mutex_lock(&lock);
	calls++;
	pthread_mutex_unlock(&lock);
}

static void
resubmit(void *arg)
{
	(void) arg;
	if (nng_aio_result(again) == 0 && ++rounds < 5) {
		nng_sleep_aio(1, again);
	}
}

static void
sleeping(void)
{
	nng_aio *aio;

	SHOW(nng_aio_alloc(&aio, count, NULL));
	nng_aio_wait(aio);
	calls = 0;
	nng_sleep_aio(5, aio);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	SHOW(calls);
	nng_aio_set_timeout(aio, 5);
	nng_sleep_aio(10000, aio);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	SHOW(calls);
	nng_aio_set_timeout(aio, NNG_DURATION_INFINITE);
	nng_sleep_aio(10000, aio);
	nng_aio_cancel(aio);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	nng_sleep_aio(10000, aio);
	nng_aio_abort(aio, NNG_EINTR);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	SHOW(calls);
	nng_aio_stop(aio);
	nng_sleep_aio(1, aio);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	SHOW(calls);
	nng_aio_free(aio);
	nng_aio_free(NULL);
}

static void
resubmitting(void)
{
	MUST(nng_aio_alloc(&again, resubmit, NULL) == 0);
	nng_sleep_aio(1, again);
	nng_aio_wait(again);
	SHOW(rounds);
	nng_aio_free(again);
}

static void
slots(void)
{
	nng_aio *aio;
	int      things[4];
	nng_iov  iov[9];

	MUST(nng_aio_alloc(&aio, NULL, NULL) == 0);
	for (unsigned i = 0; i < 5; i++) {
		SHOW(nng_aio_set_input(aio, i, &things[i % 4]));
		SHOW(nng_aio_set_output(aio, i, &things[i % 4]));
	}
	for (unsigned i = 0; i < 4; i++) {
		SHOW(nng_aio_get_input(aio, i) == &things[i]);
		SHOW(nng_aio_get_output(aio, i) == &things[i]);
	}
	SHOW(nng_aio_get_input(aio, 4) == NULL);
	SHOW(nng_aio_get_output(aio, 4) == NULL);
	memset(iov, 0, sizeof(iov));
	SHOW(nng_aio_set_iov(aio, 8, iov));
	SHOW(nng_aio_set_iov(aio, 9, iov));
	SHOW(nng_aio_set_iov(aio, 0, NULL));
	SHOW(nng_aio_get_msg(aio) == NULL);
	SHOW(nng_aio_result(aio));
	SHOW(nng_aio_count(aio));
	nng_aio_free(aio);
}

static nng_aio *pending;

static void
on_freed(void *arg)
{
	nng_msg *m = nng_aio_get_msg(pending);

	SHOW(*(int *) arg);
	SHOW(nng_aio_result(pending));
	SHOW(nng_aio_get_input(pending, 1) == arg);
	SHOW(m != NULL);
	nng_msg_free(m);
	(*(int *) arg)++;
}

// The callback of what is freed while it is under way still has its operation in hand.
static void
freeing(void)
{
	extern int nng_push0_open(nng_socket *);
	nng_socket s;
	nng_msg *  m;
	int        times = 0;

	MUST(nng_push0_open(&s) == 0);
	MUST(nng_aio_alloc(&pending, on_freed, &times) == 0);
	MUST(nng_aio_set_input(pending, 1, &times) == 0);
	MUST(nng_msg_alloc(&m, 5) == 0);
	nng_aio_set_msg(pending, m);
	nng_send_aio(s, pending);
	nng_aio_free(pending);
	SHOW(times);
	MUST(nng_aio_alloc(&pending, on_freed, &times) == 0);
	MUST(nng_msg_alloc(&m, 5) == 0);
	MUST(nng_aio_set_input(pending, 1, &times) == 0);
	nng_aio_set_msg(pending, m);
	nng_send_aio(s, pending);
	nng_aio_stop(pending);
	SHOW(times);
	nng_aio_free(pending);
	nng_close(s);
}

static nng_aio *canceled;
static int      cancel_reason;

static void
on_cancel(nng_aio *aio, void *arg, int reason)
{
	MUST(arg == &cancel_reason);
	canceled      = aio;
	cancel_reason = reason;
	nng_aio_finish(aio, reason);
}

static void
providing(void)
{
	nng_aio *aio;

	MUST(nng_aio_alloc(&aio, count, NULL) == 0);
	calls = 0;
	SHOW(nng_aio_begin(aio));
	nng_aio_finish(aio, 0);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	SHOW(calls);
	SHOW(nng_aio_begin(aio));
	nng_aio_defer(aio, on_cancel, &cancel_reason);
	nng_aio_cancel(aio);
	nng_aio_wait(aio);
	SHOW(canceled == aio);
	SHOW(cancel_reason);
	SHOW(nng_aio_result(aio));
	nng_aio_set_timeout(aio, 10);
	SHOW(nng_aio_begin(aio));
	nng_aio_defer(aio, on_cancel, &cancel_reason);
	nng_aio_wait(aio);
	SHOW(cancel_reason);
	SHOW(nng_aio_result(aio));
	SHOW(calls);
	nng_aio_stop(aio);
	SHOW(nng_aio_begin(aio));
	SHOW(nng_aio_result(aio));
	nng_aio_free(aio);
}

static void
messages(void)
{
	nng_socket a, b;
	nng_aio *  send, *receive;
	nng_msg *  m;

	MUST(nng_aio_alloc(&send, NULL, NULL) == 0);
	MUST(nng_aio_alloc(&receive, NULL, NULL) == 0);
	nng_aio_set_timeout(send, 20000);
	nng_aio_set_timeout(receive, 20000);
	extern int nng_pair0_open(nng_socket *);
	MUST(nng_pair0_open(&a) == 0);
	MUST(nng_pair0_open(&b) == 0);
	const char *url = scratch("inproc");
	MUST(nng_listen(a, url, NULL, 0) == 0);
	MUST(nng_dial(b, url, NULL, 0) == 0);

	nng_recv_aio(b, receive);
	MUST(nng_msg_alloc(&m, 0) == 0);
	MUST(nng_msg_append(m, "message", 7) == 0);
	nng_aio_set_msg(send, m);
	nng_send_aio(a, send);
	nng_aio_wait(send);
	nng_aio_wait(receive);
	SHOW(nng_aio_result(send));
	SHOW(nng_aio_get_msg(send) == NULL);
	SHOW(nng_aio_count(send));
	SHOW(nng_aio_result(receive));
	SHOW(nng_aio_count(receive));
	m = nng_aio_get_msg(receive);
	SHOW_BYTES(nng_msg_body(m), nng_msg_len(m));
	nng_msg_free(m);

	nng_aio_set_msg(send, NULL);
	nng_send_aio(a, send);
	nng_aio_wait(send);
	SHOW(nng_aio_result(send));

	nng_recv_aio(b, receive);
	nng_aio_abort(receive, NNG_EINTR);
	nng_aio_wait(receive);
	SHOW(nng_aio_result(receive));
	nng_aio_set_timeout(receive, 10);
	nng_recv_aio(b, receive);
	nng_aio_wait(receive);
	SHOW(nng_aio_result(receive));

	nng_aio_set_timeout(receive, 20000);
	nng_recv_aio(b, receive);
	SHOW(nng_close(b));
	nng_aio_wait(receive);
	SHOW(nng_aio_result(receive));
	SHOW(nng_close(b));
	SHOW(nng_close(a));
	nng_aio_reap(send);
	nng_aio_free(receive);
}

static nng_aio *later;

static void *
finish_later(void *arg)
{
	(void) arg;
	nng_msleep(50);
	nng_aio_finish(later, 77);
	return NULL;
}

static void
count_cancel(nng_aio *aio, void *arg, int reason)
{
	(void) aio;
	(void) arg;
	(void) reason;
	calls++;
}

// A cancel function that only asks somebody else to finish is not called again.
static void
cancelling_once(void)
{
	pthread_t thread;

	for (int stops = 0; stops < 2; stops++) {
		for (int times_out = 0; times_out < 2; times_out++) {
			calls = 0;
			MUST(nng_aio_alloc(&later, NULL, NULL) == 0);
			nng_aio_set_timeout(later, times_out ? 1 : 10000);
			SHOW(nng_aio_begin(later));
			nng_aio_defer(later, count_cancel, NULL);
			if (times_out) {
				nng_msleep(50);
			} else {
				nng_aio_cancel(later);
			}
			nng_aio_abort(later, NNG_EINTR);
			SHOW(calls);
			MUST(pthread_create(&thread, NULL, finish_later, NULL) == 0);
			if (stops) {
				nng_aio_stop(later);
				SHOW(nng_aio_result(later));
			}
			nng_aio_free(later);
			pthread_join(thread, NULL);
			SHOW(calls);
		}
	}
}

int
main(void)
{
	sleeping();
	resubmitting();
	slots();
	freeing();
	providing();
	messages();
	cancelling_once();
	return 0;
}
