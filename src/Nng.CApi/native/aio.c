// Asynchronous operations.
#include "shim.h"

extern int      nngm_aio_alloc(nng_aio **out, void (*callback)(void *), void *argument);
extern void     nngm_aio_free(nng_aio *aio);
extern void     nngm_aio_reap(nng_aio *aio);
extern void     nngm_aio_stop(nng_aio *aio);
extern int      nngm_aio_result(nng_aio *aio);
extern size_t   nngm_aio_count(nng_aio *aio);
extern void     nngm_aio_abort(nng_aio *aio, int reason);
extern void     nngm_aio_wait(nng_aio *aio);
extern int      nngm_aio_busy(nng_aio *aio);
extern void     nngm_aio_set_msg(nng_aio *aio, nng_msg *message);
extern nng_msg *nngm_aio_get_msg(nng_aio *aio);
extern int      nngm_aio_set_input(nng_aio *aio, unsigned index, void *value);
extern void *   nngm_aio_get_input(nng_aio *aio, unsigned index);
extern int      nngm_aio_set_output(nng_aio *aio, unsigned index, void *value);
extern void *   nngm_aio_get_output(nng_aio *aio, unsigned index);
extern void     nngm_aio_set_timeout(nng_aio *aio, nng_duration timeout);
extern void     nngm_aio_set_expire(nng_aio *aio, nng_time deadline);
extern int      nngm_aio_set_iov(nng_aio *aio, unsigned count, const nng_iov *vector);
extern int      nngm_aio_begin(nng_aio *aio);
extern void     nngm_aio_finish(nng_aio *aio, int result);
extern void     nngm_aio_defer(nng_aio *aio, nng_aio_cancelfn cancel, void *argument);
extern void     nngm_sleep_aio(nng_duration duration, nng_aio *aio);

EXPORT int
nng_aio_alloc(nng_aio **out, void (*callback)(void *), void *argument)
{
	if (out == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_aio_alloc(out, callback, argument);
}

#define VOID_OF_AIO(name)               \
	EXPORT void nng_##name(nng_aio *aio) \
	{                               \
		if (aio != NULL) {      \
			enter();        \
			nngm_##name(aio); \
		}                       \
	}

VOID_OF_AIO(aio_free)
VOID_OF_AIO(aio_reap)
VOID_OF_AIO(aio_stop)
VOID_OF_AIO(aio_wait)

EXPORT int
nng_aio_result(nng_aio *aio)
{
	enter();
	return nngm_aio_result(aio);
}

EXPORT size_t
nng_aio_count(nng_aio *aio)
{
	enter();
	return nngm_aio_count(aio);
}

EXPORT void
nng_aio_abort(nng_aio *aio, int reason)
{
	enter();
	nngm_aio_abort(aio, reason);
}

EXPORT void
nng_aio_cancel(nng_aio *aio)
{
	nng_aio_abort(aio, NNG_ECANCELED);
}

EXPORT bool
nng_aio_busy(nng_aio *aio)
{
	enter();
	return nngm_aio_busy(aio) != 0;
}

EXPORT void
nng_aio_set_msg(nng_aio *aio, nng_msg *message)
{
	enter();
	nngm_aio_set_msg(aio, message);
}

EXPORT nng_msg *
nng_aio_get_msg(nng_aio *aio)
{
	enter();
	return nngm_aio_get_msg(aio);
}

EXPORT int
nng_aio_set_input(nng_aio *aio, unsigned index, void *value)
{
	enter();
	return nngm_aio_set_input(aio, index, value);
}

EXPORT void *
nng_aio_get_input(nng_aio *aio, unsigned index)
{
	enter();
	return nngm_aio_get_input(aio, index);
}

EXPORT int
nng_aio_set_output(nng_aio *aio, unsigned index, void *value)
{
	enter();
	return nngm_aio_set_output(aio, index, value);
}

EXPORT void *
nng_aio_get_output(nng_aio *aio, unsigned index)
{
	enter();
	return nngm_aio_get_output(aio, index);
}

EXPORT void
nng_aio_set_timeout(nng_aio *aio, nng_duration timeout)
{
	enter();
	nngm_aio_set_timeout(aio, timeout);
}

EXPORT void
nng_aio_set_expire(nng_aio *aio, nng_time deadline)
{
	enter();
	nngm_aio_set_expire(aio, deadline);
}

EXPORT int
nng_aio_set_iov(nng_aio *aio, unsigned count, const nng_iov *vector)
{
	if (vector == NULL && count != 0) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_aio_set_iov(aio, count, vector);
}

EXPORT bool
nng_aio_begin(nng_aio *aio)
{
	enter();
	return nngm_aio_begin(aio) != 0;
}

EXPORT void
nng_aio_finish(nng_aio *aio, int result)
{
	enter();
	nngm_aio_finish(aio, result);
}

EXPORT void
nng_aio_defer(nng_aio *aio, nng_aio_cancelfn cancel, void *argument)
{
	enter();
	nngm_aio_defer(aio, cancel, argument);
}

EXPORT void
nng_sleep_aio(nng_duration duration, nng_aio *aio)
{
	enter();
	nngm_sleep_aio(duration, aio);
}
