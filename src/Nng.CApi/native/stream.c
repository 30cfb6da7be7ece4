// Byte streams, their dialers and listeners. Their options are in options.c.
#include "shim.h"

#include <stdlib.h>

extern void nngm_stream_free(nng_stream *stream);
extern void nngm_stream_close(nng_stream *stream);
extern void nngm_stream_send(nng_stream *stream, nng_aio *aio);
extern void nngm_stream_recv(nng_stream *stream, nng_aio *aio);
extern int  nngm_stream_dialer_alloc(nng_stream_dialer **out, const char *url);
extern void nngm_stream_dialer_free(nng_stream_dialer *dialer);
extern void nngm_stream_dialer_close(nng_stream_dialer *dialer);
extern void nngm_stream_dialer_dial(nng_stream_dialer *dialer, nng_aio *aio);
extern int  nngm_stream_listener_alloc(nng_stream_listener **out, const char *url);
extern void nngm_stream_listener_free(nng_stream_listener *listener);
extern void nngm_stream_listener_close(nng_stream_listener *listener);
extern int  nngm_stream_listener_listen(nng_stream_listener *listener);
extern void nngm_stream_listener_accept(nng_stream_listener *listener, nng_aio *aio);

#define VOID_OF(type, name)                       \
	EXPORT void nng_##name(type *object)      \
	{                                         \
		if (object != NULL) {             \
			enter();                  \
			nngm_##name(object);      \
		}                                 \
	}

#define SUBMIT(type, name)                                 \
	EXPORT void nng_##name(type *object, nng_aio *aio) \
	{                                                  \
		enter();                                   \
		nngm_##name(object, aio);                  \
	}

#define ALLOC(type, name, use)                                            \
	EXPORT int nng_##name##_alloc(type **out, const char *url)        \
	{                                                                 \
		if (out == NULL || url == NULL) {                         \
			return NNG_EINVAL;                                \
		}                                                         \
		enter();                                                  \
		return nngm_##name##_alloc(out, url);                     \
	}                                                                 \
	EXPORT int nng_##name##_alloc_url(type **out, const nng_url *url) \
	{                                                                 \
		char *text;                                               \
		int   rv;                                                 \
		if (out == NULL || url == NULL) {                         \
			return NNG_EINVAL;                                \
		}                                                         \
		if ((text = nngs_url_text(url, use)) == NULL) {           \
			return NNG_ENOMEM;                                \
		}                                                         \
		rv = nng_##name##_alloc(out, text);                       \
		free(text);                                               \
		return rv;                                                \
	}

VOID_OF(nng_stream, stream_free)
VOID_OF(nng_stream, stream_close)
SUBMIT(nng_stream, stream_send)
SUBMIT(nng_stream, stream_recv)

ALLOC(nng_stream_dialer, stream_dialer, URL_DIAL)
VOID_OF(nng_stream_dialer, stream_dialer_free)
VOID_OF(nng_stream_dialer, stream_dialer_close)
SUBMIT(nng_stream_dialer, stream_dialer_dial)

ALLOC(nng_stream_listener, stream_listener, URL_LISTEN)
VOID_OF(nng_stream_listener, stream_listener_free)
VOID_OF(nng_stream_listener, stream_listener_close)
SUBMIT(nng_stream_listener, stream_listener_accept)

EXPORT int
nng_stream_listener_listen(nng_stream_listener *listener)
{
	enter();
	return nngm_stream_listener_listen(listener);
}
