// Options in every typed form, and the older names of the same calls. All end in two managed entries.
#include "shim.h"

#include <string.h>

extern int nngm_option_set(int owner, uint64_t handle, const char *name, int type, const void *value, size_t size);
extern int nngm_option_get(int owner, uint64_t handle, const char *name, int type, void *value, size_t *size);

// Numbers shared with OptionOwner and OptionType.
enum owner { SOCKET, CTX, DIALER, LISTENER, PIPE, STREAM, STREAM_DIALER, STREAM_LISTENER };
enum type { UNTYPED = -1, BOOLEAN, INT32, SIZE, UINT64, DURATION, TEXT, OBJECT, ADDRESS };

static int
set(int owner, uint64_t handle, const char *name, int type, const void *value, size_t size)
{
	if (name == NULL || (value == NULL && size != 0)) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_option_set(owner, handle, name, type, value, size);
}

static int
get(int owner, uint64_t handle, const char *name, int type, void *value, size_t *size)
{
	if (name == NULL || (type == UNTYPED ? size == NULL || (value == NULL && *size != 0) : value == NULL)) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_option_get(owner, handle, name, type, value, size);
}

static int
set_string(int owner, uint64_t handle, const char *name, const char *value)
{
	return set(owner, handle, name, TEXT, value == NULL ? "" : value, value == NULL ? 0 : strlen(value) + 1);
}

#define SET(fn, ctype, owner, handle)                                  \
	EXPORT int fn(ctype o, const char *name, const void *value, size_t size) \
	{                                                                    \
		return set(owner, handle, name, UNTYPED, value, size);       \
	}                                                                    \
	EXPORT int fn##_bool(ctype o, const char *name, bool value)          \
	{                                                                    \
		return set(owner, handle, name, BOOLEAN, &value, sizeof(value)); \
	}                                                                    \
	EXPORT int fn##_int(ctype o, const char *name, int value)            \
	{                                                                    \
		return set(owner, handle, name, INT32, &value, sizeof(value)); \
	}                                                                    \
	EXPORT int fn##_size(ctype o, const char *name, size_t value)        \
	{                                                                    \
		return set(owner, handle, name, SIZE, &value, sizeof(value)); \
	}                                                                    \
	EXPORT int fn##_uint64(ctype o, const char *name, uint64_t value)    \
	{                                                                    \
		return set(owner, handle, name, UINT64, &value, sizeof(value)); \
	}                                                                    \
	EXPORT int fn##_ms(ctype o, const char *name, nng_duration value)    \
	{                                                                    \
		return set(owner, handle, name, DURATION, &value, sizeof(value)); \
	}                                                                    \
	EXPORT int fn##_string(ctype o, const char *name, const char *value) \
	{                                                                    \
		return set_string(owner, handle, name, value);               \
	}                                                                    \
	EXPORT int fn##_ptr(ctype o, const char *name, void *value)          \
	{                                                                    \
		return set(owner, handle, name, OBJECT, &value, sizeof(value)); \
	}

#define SET_ADDR(fn, ctype, owner, handle)                                       \
	EXPORT int fn##_addr(ctype o, const char *name, const nng_sockaddr *value) \
	{                                                                        \
		return set(owner, handle, name, ADDRESS, value, sizeof(*value)); \
	}

#define GET(fn, ctype, owner, handle)                                        \
	EXPORT int fn(ctype o, const char *name, void *value, size_t *size)  \
	{                                                                    \
		return get(owner, handle, name, UNTYPED, value, size);       \
	}                                                                    \
	EXPORT int fn##_bool(ctype o, const char *name, bool *value)         \
	{                                                                    \
		return get(owner, handle, name, BOOLEAN, value, NULL);       \
	}                                                                    \
	EXPORT int fn##_int(ctype o, const char *name, int *value)           \
	{                                                                    \
		return get(owner, handle, name, INT32, value, NULL);         \
	}                                                                    \
	EXPORT int fn##_size(ctype o, const char *name, size_t *value)       \
	{                                                                    \
		return get(owner, handle, name, SIZE, value, NULL);          \
	}                                                                    \
	EXPORT int fn##_uint64(ctype o, const char *name, uint64_t *value)   \
	{                                                                    \
		return get(owner, handle, name, UINT64, value, NULL);        \
	}                                                                    \
	EXPORT int fn##_ms(ctype o, const char *name, nng_duration *value)   \
	{                                                                    \
		return get(owner, handle, name, DURATION, value, NULL);      \
	}                                                                    \
	EXPORT int fn##_string(ctype o, const char *name, char **value)      \
	{                                                                    \
		return get(owner, handle, name, TEXT, value, NULL);          \
	}                                                                    \
	EXPORT int fn##_ptr(ctype o, const char *name, void **value)         \
	{                                                                    \
		return get(owner, handle, name, OBJECT, value, NULL);        \
	}                                                                    \
	EXPORT int fn##_addr(ctype o, const char *name, nng_sockaddr *value) \
	{                                                                    \
		return get(owner, handle, name, ADDRESS, value, NULL);       \
	}

#define BY_ID(name, ctype, owner)                         \
	SET(name##_set, ctype, owner, o.id)         \
	SET_ADDR(name##_set, ctype, owner, o.id)          \
	GET(name##_get, ctype, owner, o.id)

#define BY_POINTER(name, ctype, owner)                              \
	SET(name##_set, ctype *, owner, (uint64_t)(uintptr_t) o) \
	SET_ADDR(name##_set, ctype *, owner, (uint64_t)(uintptr_t) o)  \
	GET(name##_get, ctype *, owner, (uint64_t)(uintptr_t) o)

BY_ID(nng_socket, nng_socket, SOCKET)
BY_ID(nng_ctx, nng_ctx, CTX)
BY_ID(nng_dialer, nng_dialer, DIALER)
BY_ID(nng_listener, nng_listener, LISTENER)
GET(nng_pipe_get, nng_pipe, PIPE, o.id)
BY_POINTER(nng_stream, nng_stream, STREAM)
BY_POINTER(nng_stream_dialer, nng_stream_dialer, STREAM_DIALER)
BY_POINTER(nng_stream_listener, nng_stream_listener, STREAM_LISTENER)

// The older names, kept for programs built with older headers.
#define ALIAS_SET(old, new, ctype)                                                \
	EXPORT int old(ctype o, const char *name, const void *value, size_t size) \
	{                                                                         \
		return new (o, name, value, size);                                \
	}
#define ALIAS(old, new, suffix, ctype, vtype)                             \
	EXPORT int old##suffix(ctype o, const char *name, vtype value)    \
	{                                                                 \
		return new##suffix(o, name, value);                       \
	}
#define ALIAS_GET(old, new, ctype)                                           \
	EXPORT int old(ctype o, const char *name, void *value, size_t *size) \
	{                                                                    \
		return new (o, name, value, size);                           \
	}
#define ALIAS_SET_NUMBERS(old, new, ctype)               \
	ALIAS_SET(old, new, ctype)                       \
	ALIAS(old, new, _bool, ctype, bool)              \
	ALIAS(old, new, _int, ctype, int)                \
	ALIAS(old, new, _ms, ctype, nng_duration)        \
	ALIAS(old, new, _size, ctype, size_t)
#define ALIAS_SET_ALL(old, new, ctype)                   \
	ALIAS_SET_NUMBERS(old, new, ctype)               \
	ALIAS(old, new, _uint64, ctype, uint64_t)        \
	ALIAS(old, new, _string, ctype, const char *)    \
	ALIAS(old, new, _ptr, ctype, void *)
#define ALIAS_GET_NUMBERS(old, new, ctype)               \
	ALIAS_GET(old, new, ctype)                       \
	ALIAS(old, new, _bool, ctype, bool *)            \
	ALIAS(old, new, _int, ctype, int *)              \
	ALIAS(old, new, _ms, ctype, nng_duration *)      \
	ALIAS(old, new, _size, ctype, size_t *)
#define ALIAS_GET_ALL(old, new, ctype)                   \
	ALIAS_GET_NUMBERS(old, new, ctype)               \
	ALIAS(old, new, _uint64, ctype, uint64_t *)      \
	ALIAS(old, new, _string, ctype, char **)         \
	ALIAS(old, new, _ptr, ctype, void **)
#define ALIAS_SOCKADDR(old, new, ctype)                                      \
	EXPORT int old##_sockaddr(ctype o, const char *name, nng_sockaddr *value) \
	{                                                                    \
		return new##_addr(o, name, value);                           \
	}

ALIAS_SET_ALL(nng_setopt, nng_socket_set, nng_socket)
ALIAS_GET_ALL(nng_getopt, nng_socket_get, nng_socket)
ALIAS_SET_NUMBERS(nng_ctx_setopt, nng_ctx_set, nng_ctx)
ALIAS_GET_NUMBERS(nng_ctx_getopt, nng_ctx_get, nng_ctx)
ALIAS_SET_ALL(nng_dialer_setopt, nng_dialer_set, nng_dialer)
ALIAS_GET_ALL(nng_dialer_getopt, nng_dialer_get, nng_dialer)
ALIAS_SOCKADDR(nng_dialer_getopt, nng_dialer_get, nng_dialer)
ALIAS_SET_ALL(nng_listener_setopt, nng_listener_set, nng_listener)
ALIAS_GET_ALL(nng_listener_getopt, nng_listener_get, nng_listener)
ALIAS_SOCKADDR(nng_listener_getopt, nng_listener_get, nng_listener)
ALIAS_GET_ALL(nng_pipe_getopt, nng_pipe_get, nng_pipe)
ALIAS_SOCKADDR(nng_pipe_getopt, nng_pipe_get, nng_pipe)
