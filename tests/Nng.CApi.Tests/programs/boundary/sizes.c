// Numbers that no program means: lengths beyond all memory, times below zero, counts that are too large.
#include "../check.h"

#include <nng/protocol/pair0/pair.h>

static void
messages(void)
{
	static const size_t lengths[] = { SIZE_MAX, SIZE_MAX - 32, (size_t) 1 << 40, (size_t) 1 << 31, 0x80000001 };
	nng_msg *           m;

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		SHOW(nng_msg_alloc(&m, lengths[i]));
		MUST(nng_msg_alloc(&m, 10) == 0);
		SHOW(nng_msg_realloc(m, lengths[i]));
		SHOW(nng_msg_reserve(m, lengths[i]));
		SHOW(nng_msg_append(m, NULL, lengths[i]));
		SHOW(nng_msg_insert(m, NULL, lengths[i]));
		SHOW(nng_msg_header_append(m, "x", lengths[i]));
		SHOW(nng_msg_header_insert(m, "x", lengths[i]));
		SHOW(nng_msg_trim(m, lengths[i]));
		SHOW(nng_msg_chop(m, lengths[i]));
		SHOW(nng_msg_header_trim(m, lengths[i]));
		SHOW(nng_msg_header_chop(m, lengths[i]));
		SHOW(nng_msg_len(m));
		nng_msg_free(m);
	}
}

static void
options(void)
{
	nng_socket s;

	MUST(nng_pair0_open(&s) == 0);
	SHOW(nng_socket_set_int(s, NNG_OPT_RECVBUF, -1));
	SHOW(nng_socket_set_int(s, NNG_OPT_RECVBUF, INT32_MAX));
	SHOW(nng_socket_set_size(s, NNG_OPT_RECVMAXSZ, SIZE_MAX));
	SHOW(nng_socket_set(s, NNG_OPT_RECVBUF, "four", (size_t) 1 << 40));
	SHOW(nng_socket_set(s, NNG_OPT_SOCKNAME, "name", SIZE_MAX));
	SHOW(nng_socket_set_ms(s, NNG_OPT_RECVTIMEO, -3));
	SHOW(nng_send(s, "x", SIZE_MAX, NNG_FLAG_NONBLOCK));
	SHOW(nng_close(s));
}

static void
operations(void)
{
	nng_aio *aio;
	nng_iov  iov = { "x", (size_t) 1 << 40 };

	MUST(nng_aio_alloc(&aio, NULL, NULL) == 0);
	SHOW(nng_aio_set_iov(aio, 1, &iov));
	SHOW(nng_aio_set_iov(aio, UINT32_MAX, &iov));
	SHOW(nng_aio_set_input(aio, UINT32_MAX, &iov));
	SHOW(nng_aio_get_output(aio, UINT32_MAX) == NULL);
	nng_aio_set_timeout(aio, -17);
	nng_sleep_aio(-5, aio);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	nng_aio_set_expire(aio, UINT64_MAX);
	nng_sleep_aio(1, aio);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	nng_aio_abort(aio, 0);
	nng_aio_abort(aio, -1);
	nng_aio_free(aio);
}

int
main(void)
{
	messages();
	options();
	operations();
	return 0;
}
