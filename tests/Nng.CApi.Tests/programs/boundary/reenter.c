// Callbacks that call back: operations that submit, stop, free and reap, their own and each other's; pipes that close
// themselves, their dialer, their socket; and what is submitted twice.
#include "../check.h"

#include <nng/protocol/pair0/pair.h>
#include <nng/protocol/pair1/pair.h>
#include <nng/supplemental/util/platform.h>

static nng_mtx *lock;
static nng_cv * changed;
static int      reached;

static void
reach(void)
{
	nng_mtx_lock(lock);
	reached++;
	nng_cv_wake(changed);
	nng_mtx_unlock(lock);
}

static void
await(int count)
{
	nng_time end = nng_clock() + 20000;

	nng_mtx_lock(lock);
	while (reached < count) {
		MUST(nng_cv_until(changed, end) == 0);
	}
	nng_mtx_unlock(lock);
	SHOW(reached >= count);
	reached = 0;
}

static nng_socket near, far;
static nng_aio *  own, *other;

// Receives again from its own callback, and answers synchronously.
static void
echo(void *arg)
{
	nng_msg *m;
	(void) arg;
	if (nng_aio_result(own) != 0) {
		reach();
		return;
	}
	m = nng_aio_get_msg(own);
	MUST(nng_sendmsg(near, m, 0) == 0);
	nng_recv_aio(near, own);
}

static void
echoing(void)
{
	const char *url = scratch("inproc");
	char        text[8];
	size_t      size;

	MUST(nng_pair0_open(&near) == 0 && nng_pair0_open(&far) == 0);
	MUST(nng_socket_set_ms(far, NNG_OPT_RECVTIMEO, 20000) == 0);
	MUST(nng_listen(near, url, NULL, 0) == 0 && nng_dial(far, url, NULL, 0) == 0);
	MUST(nng_aio_alloc(&own, echo, NULL) == 0);
	nng_recv_aio(near, own);
	for (int i = 0; i < 100; i++) {
		size = sizeof(text);
		MUST(nng_send(far, "again", 6, 0) == 0 && nng_recv(far, text, &size, 0) == 0);
	}
	MUST(nng_close(near) == 0);
	await(1);
	SHOW(nng_aio_result(own));
	nng_aio_free(own);
	MUST(nng_close(far) == 0);
}

static void
frees_other(void *arg)
{
	(void) arg;
	// Its callback runs before this returns.
	nng_aio_free(other);
	reach();
}

static void
is_freed(void *arg)
{
	(void) arg;
	SHOW(nng_aio_result(other));
	reach();
}

static void
reaps_itself(void *arg)
{
	nng_aio **self = arg;
	nng_aio_reap(*self);
	reach();
}

static void
frees_itself(void *arg)
{
	nng_aio **self = arg;
	nng_aio_free(*self);
	reach();
}

static void
waits_for_itself(void *arg)
{
	nng_aio **self = arg;
	nng_aio_wait(*self);
	nng_aio_stop(*self);
	reach();
}

static void
freeing(void)
{
	nng_aio *a;

	MUST(nng_aio_alloc(&other, is_freed, NULL) == 0);
	MUST(nng_aio_alloc(&a, frees_other, NULL) == 0);
	nng_sleep_aio(60000, other);
	nng_sleep_aio(1, a);
	await(2);
	nng_aio_free(a);
	MUST(nng_aio_alloc(&a, reaps_itself, &a) == 0);
	nng_sleep_aio(1, a);
	await(1);
	MUST(nng_aio_alloc(&a, frees_itself, &a) == 0);
	nng_sleep_aio(1, a);
	await(1);
	MUST(nng_aio_alloc(&a, waits_for_itself, &a) == 0);
	nng_sleep_aio(1, a);
	await(1);
	nng_aio_free(a);
}

// Submitted while it is under way, finished when it is not: nothing happens, but for a line in the log.
static void
twice(void)
{
	nng_aio *a;

	MUST(nng_aio_alloc(&a, NULL, NULL) == 0);
	MUST(nng_pair0_open(&near) == 0);
	nng_aio_finish(a, 0);
	nng_aio_defer(a, NULL, NULL);
	nng_recv_aio(near, a);
	nng_recv_aio(near, a);
	nng_sleep_aio(1, a);
	SHOW(nng_aio_begin(a));
	nng_aio_cancel(a);
	nng_aio_wait(a);
	SHOW(nng_aio_result(a));
	nng_aio_finish(a, NNG_EINTR);
	SHOW(nng_aio_result(a));
	SHOW(nng_aio_begin(a));
	SHOW(nng_aio_begin(a));
	nng_aio_finish(a, 0);
	nng_aio_finish(a, NNG_EINTR);
	nng_aio_wait(a);
	SHOW(nng_aio_result(a));
	nng_aio_free(a);
	MUST(nng_close(near) == 0);
}

static nng_dialer dialer;

static void
on_pipe(nng_pipe p, nng_pipe_ev event, void *arg)
{
	switch ((intptr_t) arg) {
	case 0: // the pipe itself, which is refused before it is used
		MUST(event != NNG_PIPE_EV_ADD_PRE || nng_pipe_close(p) == 0);
		break;
	case 1: // its dialer
		MUST(event != NNG_PIPE_EV_ADD_POST || nng_dialer_close(nng_pipe_dialer(p)) == 0);
		break;
	case 2: // its socket
		MUST(event != NNG_PIPE_EV_ADD_POST || nng_close(nng_pipe_socket(p)) == 0);
		break;
	default: // another dialer, of the same socket
		MUST(event != NNG_PIPE_EV_REM_POST || nng_dial(nng_pipe_socket(p), "inproc://nobody", NULL, NNG_FLAG_NONBLOCK) == 0);
	}
	if (event == NNG_PIPE_EV_REM_POST || ((intptr_t) arg == 3 && event == NNG_PIPE_EV_ADD_POST)) {
		reach();
	}
}

static void
pipes(void)
{
	for (intptr_t what = 0; what < 4; what++) {
		const char *url = scratch("ipc");
		MUST(nng_pair1_open(&near) == 0 && nng_pair1_open(&far) == 0);
		for (int event = NNG_PIPE_EV_ADD_PRE; event <= NNG_PIPE_EV_REM_POST; event++) {
			MUST(nng_pipe_notify(far, (nng_pipe_ev) event, on_pipe, (void *) what) == 0);
		}
		MUST(nng_listen(near, url, NULL, 0) == 0);
		MUST(nng_dialer_create(&dialer, far, url) == 0);
		MUST(nng_dialer_start(dialer, NNG_FLAG_NONBLOCK) == 0);
		if (what == 3) {
			await(1);
			MUST(nng_close(near) == 0);
		}
		await(1);
		nng_close(near);
		nng_close(far);
		reached = 0;
	}
}

int
main(void)
{
	MUST(nng_mtx_alloc(&lock) == 0 && nng_cv_alloc(&changed, lock) == 0);
	echoing();
	freeing();
	twice();
	pipes();
	nng_cv_free(changed);
	nng_mtx_free(lock);
	return 0;
}
