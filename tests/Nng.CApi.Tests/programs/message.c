// Messages: body, header, integers, limits.
#include "check.h"

static void
body(void)
{
	nng_msg *m, *d;

	SHOW(nng_msg_alloc(&m, 0));
	SHOW(nng_msg_len(m));
	SHOW(nng_msg_body(m) != NULL);
	SHOW(nng_msg_append(m, "hello", 5));
	SHOW(nng_msg_insert(m, "oh ", 3));
	SHOW_BYTES(nng_msg_body(m), nng_msg_len(m));
	SHOW(nng_msg_trim(m, 1));
	SHOW(nng_msg_chop(m, 2));
	SHOW_BYTES(nng_msg_body(m), nng_msg_len(m));
	SHOW(nng_msg_trim(m, 100));
	SHOW(nng_msg_chop(m, 100));
	SHOW(nng_msg_len(m));
	SHOW(nng_msg_header_append(m, "head", 4));
	SHOW(nng_msg_dup(&d, m));
	nng_msg_clear(m);
	SHOW(nng_msg_len(m));
	SHOW(nng_msg_header_len(m));
	SHOW_BYTES(nng_msg_body(d), nng_msg_len(d));
	SHOW_BYTES(nng_msg_header(d), nng_msg_header_len(d));
	nng_msg_header_clear(d);
	SHOW(nng_msg_header_len(d));
	nng_msg_free(d);
	nng_msg_free(m);
	nng_msg_free(NULL);
}

static void
growing(void)
{
	nng_msg *m;
	char *   before;

	SHOW(nng_msg_alloc(&m, 10));
	SHOW_BYTES(nng_msg_body(m), 10);
	SHOW(nng_msg_capacity(m) >= nng_msg_len(m));
	memcpy(nng_msg_body(m), "0123456789", 10);
	SHOW(nng_msg_realloc(m, 100000));
	SHOW(nng_msg_len(m));
	SHOW_BYTES(nng_msg_body(m), 10);
	memset((char *) nng_msg_body(m) + 10, 'x', 100000 - 10);
	SHOW(nng_msg_realloc(m, 3));
	SHOW_BYTES(nng_msg_body(m), nng_msg_len(m));
	SHOW(nng_msg_reserve(m, 4096));
	SHOW(nng_msg_len(m));
	SHOW(nng_msg_capacity(m) >= 4096);
	before = nng_msg_body(m);
	SHOW(nng_msg_append(m, NULL, 1000));
	SHOW(nng_msg_body(m) == before);
	SHOW(nng_msg_len(m));
	nng_msg_free(m);
}

static void
capacities(void)
{
	static const size_t sizes[] = { 0, 1, 100, 1000, 1023, 1024, 1025, 2048, 4096, 5000, 65536 };
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		nng_msg *m;
		MUST(nng_msg_alloc(&m, sizes[i]) == 0);
		SHOW(sizes[i]);
		SHOW(nng_msg_capacity(m));
		nng_msg_free(m);
	}
}

static void
header_limit(void)
{
	nng_msg *m;
	int      i;

	SHOW(nng_msg_alloc(&m, 0));
	for (i = 0; nng_msg_header_append_u32(m, i) == 0; i++) {
	}
	SHOW(i);
	SHOW(nng_msg_header_len(m));
	SHOW(nng_msg_header_insert(m, "x", 1));
	SHOW(nng_msg_header_trim(m, 65));
	SHOW(nng_msg_header_chop(m, 65));
	SHOW(nng_msg_header_trim(m, 4));
	SHOW(nng_msg_header_chop(m, 52));
	SHOW_BYTES(nng_msg_header(m), nng_msg_header_len(m));
	SHOW(nng_msg_header_insert(m, "ab", 2));
	SHOW_BYTES(nng_msg_header(m), nng_msg_header_len(m));
	nng_msg_free(m);
}

static void
integers(void)
{
	nng_msg *m;
	uint16_t a = 7;
	uint32_t b = 7;
	uint64_t c = 7;

	SHOW(nng_msg_alloc(&m, 0));
	SHOW(nng_msg_append_u16(m, 0x0102));
	SHOW(nng_msg_append_u32(m, 0x03040506));
	SHOW(nng_msg_append_u64(m, 0x0708090a0b0c0d0eULL));
	SHOW(nng_msg_insert_u16(m, 0x1112));
	SHOW(nng_msg_insert_u32(m, 0x13141516));
	SHOW(nng_msg_insert_u64(m, 0x1718191a1b1c1d1eULL));
	SHOW_BYTES(nng_msg_body(m), nng_msg_len(m));
	SHOW(nng_msg_trim_u64(m, &c));
	SHOW(c);
	SHOW(nng_msg_trim_u32(m, &b));
	SHOW(b);
	SHOW(nng_msg_trim_u16(m, &a));
	SHOW(a);
	SHOW(nng_msg_chop_u64(m, &c));
	SHOW(c);
	SHOW(nng_msg_chop_u32(m, &b));
	SHOW(b);
	SHOW(nng_msg_chop_u16(m, &a));
	SHOW(a);
	SHOW(nng_msg_chop_u16(m, &a));
	SHOW(nng_msg_chop_u32(m, &b));
	SHOW(nng_msg_chop_u64(m, &c));
	SHOW(nng_msg_trim_u16(m, &a));
	SHOW(nng_msg_trim_u32(m, &b));
	SHOW(nng_msg_trim_u64(m, &c));
	SHOW(a);
	SHOW(nng_msg_header_append_u16(m, 0x2122));
	SHOW(nng_msg_header_append_u32(m, 0x23242526));
	SHOW(nng_msg_header_append_u64(m, 0x2728292a2b2c2d2eULL));
	SHOW(nng_msg_header_insert_u16(m, 0x3132));
	SHOW(nng_msg_header_insert_u32(m, 0x33343536));
	SHOW(nng_msg_header_insert_u64(m, 0x3738393a3b3c3d3eULL));
	SHOW_BYTES(nng_msg_header(m), nng_msg_header_len(m));
	SHOW(nng_msg_header_trim_u64(m, &c));
	SHOW(c);
	SHOW(nng_msg_header_trim_u32(m, &b));
	SHOW(b);
	SHOW(nng_msg_header_trim_u16(m, &a));
	SHOW(a);
	SHOW(nng_msg_header_chop_u64(m, &c));
	SHOW(c);
	SHOW(nng_msg_header_chop_u32(m, &b));
	SHOW(b);
	SHOW(nng_msg_header_chop_u16(m, &a));
	SHOW(a);
	SHOW(nng_msg_header_chop_u16(m, &a));
	SHOW(nng_msg_header_chop_u32(m, &b));
	SHOW(nng_msg_header_chop_u64(m, &c));
	SHOW(nng_msg_header_trim_u16(m, &a));
	SHOW(nng_msg_header_trim_u32(m, &b));
	SHOW(nng_msg_header_trim_u64(m, &c));
	nng_msg_free(m);
}

static void
pipes(void)
{
	nng_msg *m, *d;
	nng_pipe p = NNG_PIPE_INITIALIZER;

	SHOW(nng_msg_alloc(&m, 0));
	SHOW(nng_msg_get_pipe(m).id);
	p.id = 77;
	nng_msg_set_pipe(m, p);
	SHOW(nng_msg_get_pipe(m).id);
	SHOW(nng_msg_dup(&d, m));
	SHOW(nng_msg_get_pipe(d).id);
	SHOW(nng_msg_getopt(m, 1, NULL, NULL));
	nng_msg_free(m);
	nng_msg_free(d);
}

int
main(void)
{
	body();
	growing();
	capacities();
	header_limit();
	integers();
	pipes();
	return 0;
}
