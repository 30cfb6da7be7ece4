// Clock, random numbers, threads, mutexes, condition variables: straight on pthreads, usable from any thread.
#include "shim.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>

struct nng_thread {
	pthread_t id;
	void (*run)(void *);
	void *argument;
};

struct nng_mtx {
	pthread_mutex_t mutex;
};

struct nng_cv {
	pthread_cond_t   condition;
	pthread_mutex_t *mutex;
};

static _Noreturn void
misuse(const char *what)
{
	fprintf(stderr, "panic: %s\n", what);
	abort();
}

// Monotonic milliseconds; never 0, which means "at once" to nng_cv_until.
EXPORT nng_time
nng_clock(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (nng_time) now.tv_sec * 1000 + (nng_time) now.tv_nsec / 1000000 + 1000;
}

EXPORT void
nng_msleep(nng_duration ms)
{
	struct timespec left;

	if (ms <= 0) {
		return;
	}
	left.tv_sec  = ms / 1000;
	left.tv_nsec = (ms % 1000) * 1000000L;
	while (nanosleep(&left, &left) != 0 && errno == EINTR) {
	}
}

EXPORT uint32_t
nng_random(void)
{
	uint32_t value;
	while (getrandom(&value, sizeof(value), 0) != (ssize_t) sizeof(value)) {
	}
	return value;
}

EXPORT int
nng_socket_pair(int pair[2])
{
	if (pair == NULL) {
		return NNG_EINVAL;
	}
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0) {
		return 0;
	}
	switch (errno) {
	case EMFILE:
	case ENFILE:
		return NNG_ENOFILES;
	case ENOMEM:
		return NNG_ENOMEM;
	default:
		return NNG_ESYSERR + errno;
	}
}

static void *
run_thread(void *argument)
{
	nng_thread *thread = argument;
	sigset_t    pipe_signal;

	sigemptyset(&pipe_signal);
	sigaddset(&pipe_signal, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe_signal, NULL);
	thread->run(thread->argument);
	return NULL;
}

EXPORT int
nng_thread_create(nng_thread **out, void (*run)(void *), void *argument)
{
	nng_thread *thread;

	if (out == NULL || run == NULL) {
		return NNG_EINVAL;
	}
	if ((thread = malloc(sizeof(*thread))) == NULL) {
		return NNG_ENOMEM;
	}
	thread->run      = run;
	thread->argument = argument;
	if (pthread_create(&thread->id, NULL, run_thread, thread) != 0) {
		free(thread);
		return NNG_ENOMEM;
	}
	*out = thread;
	return 0;
}

EXPORT void
nng_thread_set_name(nng_thread *thread, const char *name)
{
	char cut[16];

	if (name != NULL) {
		snprintf(cut, sizeof(cut), "%s", name);
		pthread_setname_np(thread == NULL ? pthread_self() : thread->id, cut);
	}
}

EXPORT void
nng_thread_destroy(nng_thread *thread)
{
	if (thread != NULL) {
		pthread_join(thread->id, NULL);
		free(thread);
	}
}

EXPORT int
nng_mtx_alloc(nng_mtx **out)
{
	nng_mtx *           mtx;
	pthread_mutexattr_t checked;

	if (out == NULL) {
		return NNG_EINVAL;
	}
	if ((mtx = malloc(sizeof(*mtx))) == NULL) {
		return NNG_ENOMEM;
	}
	pthread_mutexattr_init(&checked);
	pthread_mutexattr_settype(&checked, PTHREAD_MUTEX_ERRORCHECK);
	pthread_mutex_init(&mtx->mutex, &checked);
	pthread_mutexattr_destroy(&checked);
	*out = mtx;
	return 0;
}

EXPORT void
nng_mtx_free(nng_mtx *mtx)
{
	if (mtx != NULL) {
		pthread_mutex_destroy(&mtx->mutex);
		free(mtx);
	}
}

EXPORT void
nng_mtx_lock(nng_mtx *mtx)
{
	if (mtx != NULL && pthread_mutex_lock(&mtx->mutex) != 0) {
		misuse("nng_mtx_lock: the thread holds the mutex already");
	}
}

EXPORT void
nng_mtx_unlock(nng_mtx *mtx)
{
	if (mtx != NULL && pthread_mutex_unlock(&mtx->mutex) != 0) {
		misuse("nng_mtx_unlock: the thread does not hold the mutex");
	}
}

EXPORT int
nng_cv_alloc(nng_cv **out, nng_mtx *mtx)
{
	nng_cv *           cv;
	pthread_condattr_t monotonic;

	if (out == NULL || mtx == NULL) {
		return NNG_EINVAL;
	}
	if ((cv = malloc(sizeof(*cv))) == NULL) {
		return NNG_ENOMEM;
	}
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&cv->condition, &monotonic);
	pthread_condattr_destroy(&monotonic);
	cv->mutex = &mtx->mutex;
	*out      = cv;
	return 0;
}

EXPORT void
nng_cv_free(nng_cv *cv)
{
	if (cv != NULL) {
		pthread_cond_destroy(&cv->condition);
		free(cv);
	}
}

EXPORT void
nng_cv_wait(nng_cv *cv)
{
	if (cv != NULL) {
		pthread_cond_wait(&cv->condition, cv->mutex);
	}
}

EXPORT int
nng_cv_until(nng_cv *cv, nng_time when)
{
	struct timespec due;

	if (when == 0) {
		return NNG_EAGAIN;
	}
	if (cv == NULL) {
		return NNG_EINVAL;
	}
	if (when == UINT64_MAX) {
		nng_cv_wait(cv);
		return 0;
	}
	when        = when < 1000 ? 0 : when - 1000; // the origin of nng_clock
	due.tv_sec  = (time_t)(when / 1000);
	due.tv_nsec = (long) (when % 1000) * 1000000L;
	return pthread_cond_timedwait(&cv->condition, cv->mutex, &due) == ETIMEDOUT ? NNG_ETIMEDOUT : 0;
}

EXPORT void
nng_cv_wake(nng_cv *cv)
{
	if (cv != NULL) {
		pthread_cond_broadcast(&cv->condition);
	}
}

EXPORT void
nng_cv_wake1(nng_cv *cv)
{
	if (cv != NULL) {
		pthread_cond_signal(&cv->condition);
	}
}

// Historic: every transport is always there.
#define REGISTER(name)            \
	EXPORT int name(void)     \
	{                         \
		enter();          \
		return 0;         \
	}

REGISTER(nng_ipc_register)
REGISTER(nng_tls_register)
REGISTER(nng_ws_register)
REGISTER(nng_wss_register)
