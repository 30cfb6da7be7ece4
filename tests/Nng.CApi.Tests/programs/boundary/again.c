// nng_fini: before the first use, twice, with everything open and operations in flight; the next call begins anew.
#include "../check.h"

#include <nng/protocol/pair0/pair.h>
#include <nng/protocol/reqrep0/rep.h>
#include <nng/supplemental/util/platform.h>

static int ended;

static void
count(void *arg)
{
	(void) arg;
	__atomic_add_fetch(&ended, 1, __ATOMIC_SEQ_CST);
}

static void *
waits(void *arg)
{
	nng_msg *m;
	return (void *) (intptr_t) nng_recvmsg(*(nng_socket *) arg, &m, 0);
}

static void
life(void)
{
	nng_socket   a, b, rep;
	nng_ctx      ctx;
	nng_dialer   d;
	nng_aio *    aio[2];
	nng_listener l;
	pthread_t    thread;
	void *       result;
	char         text[8];
	size_t       size = sizeof(text);
	const char * url  = scratch("ipc");

	MUST(nng_pair0_open(&a) == 0 && nng_pair0_open(&b) == 0 && nng_rep0_open(&rep) == 0);
	MUST(nng_ctx_open(&ctx, rep) == 0);
	MUST(nng_listen(a, url, &l, 0) == 0 && nng_dial(b, url, &d, 0) == 0);
	MUST(nng_send(b, "message", 8, 0) == 0 && nng_recv(a, text, &size, 0) == 0);
	SHOW_TEXT(text);
	ended = 0;
	for (int i = 0; i < 2; i++) {
		MUST(nng_aio_alloc(&aio[i], count, NULL) == 0);
	}
	nng_recv_aio(b, aio[0]);
	nng_ctx_recv(ctx, aio[1]);
	MUST(pthread_create(&thread, NULL, waits, &a) == 0);
	nng_msleep(20);
	nng_fini();
	pthread_join(thread, &result);
	SHOW((intptr_t) result);
	for (int i = 0; i < 2; i++) {
		nng_aio_wait(aio[i]);
		SHOW(nng_aio_result(aio[i]));
		nng_aio_free(aio[i]);
	}
	SHOW(ended);
	SHOW(nng_close(a));
	SHOW(nng_dialer_close(d));
	SHOW(nng_listener_close(l));
	SHOW(nng_ctx_close(ctx));
	nng_fini();
}

int
main(void)
{
	nng_fini();
	for (int i = 0; i < 3; i++) {
		life();
	}
	return 0;
}
