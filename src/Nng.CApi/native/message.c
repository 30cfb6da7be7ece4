// Messages.
#include "shim.h"

#include <endian.h>
#include <string.h>

extern int    nngm_msg_alloc(nng_msg **out, size_t length);
extern void   nngm_msg_free(nng_msg *message);
extern int    nngm_msg_dup(nng_msg **out, const nng_msg *message);
extern int    nngm_msg_realloc(nng_msg *message, size_t length);
extern int    nngm_msg_reserve(nng_msg *message, size_t capacity);
extern size_t nngm_msg_capacity(nng_msg *message);
extern size_t nngm_msg_len(const nng_msg *message);
extern size_t nngm_msg_header_len(const nng_msg *message);
extern void * nngm_msg_body(nng_msg *message);
extern void * nngm_msg_header(nng_msg *message);
extern int    nngm_msg_add(nng_msg *message, const void *bytes, size_t length, int front);
extern int    nngm_msg_drop(nng_msg *message, size_t length, int front);
extern int    nngm_msg_header_add(nng_msg *message, const void *bytes, size_t length, int front);
extern int    nngm_msg_header_drop(nng_msg *message, size_t length, int front);
extern void   nngm_msg_clear(nng_msg *message);
extern void   nngm_msg_header_clear(nng_msg *message);
extern void   nngm_msg_set_pipe(nng_msg *message, uint32_t pipe);
extern uint32_t nngm_msg_get_pipe(const nng_msg *message);

enum { END, FRONT };

EXPORT int
nng_msg_alloc(nng_msg **out, size_t length)
{
	if (out == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_msg_alloc(out, length);
}

EXPORT void
nng_msg_free(nng_msg *m)
{
	if (m != NULL) {
		enter();
		nngm_msg_free(m);
	}
}

EXPORT int
nng_msg_dup(nng_msg **out, const nng_msg *m)
{
	if (out == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_msg_dup(out, m);
}

EXPORT int
nng_msg_realloc(nng_msg *m, size_t length)
{
	enter();
	return nngm_msg_realloc(m, length);
}

EXPORT int
nng_msg_reserve(nng_msg *m, size_t capacity)
{
	enter();
	return nngm_msg_reserve(m, capacity);
}

EXPORT size_t
nng_msg_capacity(nng_msg *m)
{
	enter();
	return nngm_msg_capacity(m);
}

EXPORT size_t
nng_msg_len(const nng_msg *m)
{
	enter();
	return nngm_msg_len(m);
}

EXPORT size_t
nng_msg_header_len(const nng_msg *m)
{
	enter();
	return nngm_msg_header_len(m);
}

EXPORT void *
nng_msg_body(nng_msg *m)
{
	enter();
	return nngm_msg_body(m);
}

EXPORT void *
nng_msg_header(nng_msg *m)
{
	enter();
	return nngm_msg_header(m);
}

EXPORT int
nng_msg_append(nng_msg *m, const void *bytes, size_t length)
{
	enter();
	return nngm_msg_add(m, bytes, length, END);
}

EXPORT int
nng_msg_insert(nng_msg *m, const void *bytes, size_t length)
{
	enter();
	return nngm_msg_add(m, bytes, length, FRONT);
}

EXPORT int
nng_msg_trim(nng_msg *m, size_t length)
{
	enter();
	return nngm_msg_drop(m, length, FRONT);
}

EXPORT int
nng_msg_chop(nng_msg *m, size_t length)
{
	enter();
	return nngm_msg_drop(m, length, END);
}

EXPORT int
nng_msg_header_append(nng_msg *m, const void *bytes, size_t length)
{
	if (bytes == NULL && length != 0) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_msg_header_add(m, bytes, length, END);
}

EXPORT int
nng_msg_header_insert(nng_msg *m, const void *bytes, size_t length)
{
	if (bytes == NULL && length != 0) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_msg_header_add(m, bytes, length, FRONT);
}

EXPORT int
nng_msg_header_trim(nng_msg *m, size_t length)
{
	enter();
	return nngm_msg_header_drop(m, length, FRONT);
}

EXPORT int
nng_msg_header_chop(nng_msg *m, size_t length)
{
	enter();
	return nngm_msg_header_drop(m, length, END);
}

EXPORT void
nng_msg_clear(nng_msg *m)
{
	enter();
	nngm_msg_clear(m);
}

EXPORT void
nng_msg_header_clear(nng_msg *m)
{
	enter();
	nngm_msg_header_clear(m);
}

EXPORT void
nng_msg_set_pipe(nng_msg *m, nng_pipe p)
{
	enter();
	nngm_msg_set_pipe(m, p.id);
}

EXPORT nng_pipe
nng_msg_get_pipe(const nng_msg *m)
{
	nng_pipe p;
	enter();
	p.id = nngm_msg_get_pipe(m);
	return p;
}

// Big-endian integers at either end of body and header.
#define INTEGERS(bits)                                                              \
	EXPORT int nng_msg_append_u##bits(nng_msg *m, uint##bits##_t v)             \
	{                                                                           \
		v = htobe##bits(v);                                                 \
		return nng_msg_append(m, &v, sizeof(v));                            \
	}                                                                           \
	EXPORT int nng_msg_insert_u##bits(nng_msg *m, uint##bits##_t v)             \
	{                                                                           \
		v = htobe##bits(v);                                                 \
		return nng_msg_insert(m, &v, sizeof(v));                            \
	}                                                                           \
	EXPORT int nng_msg_header_append_u##bits(nng_msg *m, uint##bits##_t v)      \
	{                                                                           \
		v = htobe##bits(v);                                                 \
		return nng_msg_header_append(m, &v, sizeof(v));                     \
	}                                                                           \
	EXPORT int nng_msg_header_insert_u##bits(nng_msg *m, uint##bits##_t v)      \
	{                                                                           \
		v = htobe##bits(v);                                                 \
		return nng_msg_header_insert(m, &v, sizeof(v));                     \
	}                                                                           \
	EXPORT int nng_msg_trim_u##bits(nng_msg *m, uint##bits##_t *out)            \
	{                                                                           \
		return take_body(m, out, sizeof(*out), FRONT) == 0                  \
		    ? (*out = be##bits##toh(*out), 0)                               \
		    : NNG_EINVAL;                                                   \
	}                                                                           \
	EXPORT int nng_msg_chop_u##bits(nng_msg *m, uint##bits##_t *out)            \
	{                                                                           \
		return take_body(m, out, sizeof(*out), END) == 0                    \
		    ? (*out = be##bits##toh(*out), 0)                               \
		    : NNG_EINVAL;                                                   \
	}                                                                           \
	EXPORT int nng_msg_header_trim_u##bits(nng_msg *m, uint##bits##_t *out)     \
	{                                                                           \
		return take_header(m, out, sizeof(*out), FRONT) == 0                \
		    ? (*out = be##bits##toh(*out), 0)                               \
		    : NNG_EINVAL;                                                   \
	}                                                                           \
	EXPORT int nng_msg_header_chop_u##bits(nng_msg *m, uint##bits##_t *out)     \
	{                                                                           \
		return take_header(m, out, sizeof(*out), END) == 0                  \
		    ? (*out = be##bits##toh(*out), 0)                               \
		    : NNG_EINVAL;                                                   \
	}

static int
take_body(nng_msg *m, void *out, size_t size, int front)
{
	size_t length;

	enter();
	length = nngm_msg_len(m);
	if (out == NULL || length < size) {
		return NNG_EINVAL;
	}
	memcpy(out, (char *) nngm_msg_body(m) + (front ? 0 : length - size), size);
	return nngm_msg_drop(m, size, front);
}

static int
take_header(nng_msg *m, void *out, size_t size, int front)
{
	size_t length;

	enter();
	length = nngm_msg_header_len(m);
	if (out == NULL || length < size) {
		return NNG_EINVAL;
	}
	memcpy(out, (char *) nngm_msg_header(m) + (front ? 0 : length - size), size);
	return nngm_msg_header_drop(m, size, front);
}

INTEGERS(16)
INTEGERS(32)
INTEGERS(64)

EXPORT int
nng_msg_getopt(nng_msg *m, int option, void *value, size_t *size)
{
	(void) m;
	(void) option;
	(void) value;
	(void) size;
	return NNG_ENOTSUP;
}
