// HTTP requests and responses. What a getter returns is the message's own and holds until that part of it changes.
#include "shim.h"

#include <stdlib.h>

#include <nng/supplemental/http/http.h>

extern int         nngm_http_req_alloc(nng_http_req **out, const char *url);
extern int         nngm_http_res_alloc(nng_http_res **out, int error);
extern void        nngm_http_message_free(void *message);
extern void        nngm_http_message_reset(void *message);
extern const char *nngm_http_message_text(void *message, int part);
extern int         nngm_http_message_set_text(void *message, int part, const char *text);
extern const char *nngm_http_message_header(void *message, const char *name);
extern int         nngm_http_message_set_header(void *message, const char *name, const char *value, int how);
extern void        nngm_http_message_data(void *message, void **data, size_t *size);
extern int         nngm_http_message_set_data(void *message, const void *data, size_t size, int copy);
extern int         nngm_http_res_status(void *message);
extern int         nngm_http_res_set_status(void *message, int status);

// Numbers shared with CHttpMessage.
enum part { METHOD, URI, VERSION, REASON };
enum how { SET, ADD, DELETE };

EXPORT int
nng_http_req_alloc(nng_http_req **out, const nng_url *url)
{
	char *text = NULL;
	int   rv;

	if (out == NULL) {
		return NNG_EINVAL;
	}
	if (url != NULL && (text = nngs_url_text(url, URL_REQUEST)) == NULL) {
		return NNG_ENOMEM;
	}
	enter();
	rv = nngm_http_req_alloc(out, text);
	free(text);
	return rv;
}

EXPORT int
nng_http_res_alloc(nng_http_res **out)
{
	if (out == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_http_res_alloc(out, 0);
}

EXPORT int
nng_http_res_alloc_error(nng_http_res **out, uint16_t status)
{
	if (out == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_http_res_alloc(out, status);
}

static const char *
text(void *message, int part)
{
	enter();
	return nngm_http_message_text(message, part);
}

static int
set_text(void *message, int part, const char *value)
{
	enter();
	return nngm_http_message_set_text(message, part, value);
}

static int
set_header(void *message, const char *name, const char *value, int how)
{
	if (name == NULL || (value == NULL && how != DELETE)) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_http_message_set_header(message, name, value, how);
}

static int
set_data(void *message, const void *data, size_t size, int copy)
{
	if (data == NULL && size != 0 && copy) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_http_message_set_data(message, data, size, copy);
}

// What both kinds have.
#define MESSAGE(prefix, type)                                                         \
	EXPORT void prefix##_free(type *m)                                            \
	{                                                                             \
		if (m != NULL) {                                                      \
			enter();                                                      \
			nngm_http_message_free(m);                                    \
		}                                                                     \
	}                                                                             \
	EXPORT void prefix##_reset(type *m)                                           \
	{                                                                             \
		enter();                                                              \
		nngm_http_message_reset(m);                                           \
	}                                                                             \
	EXPORT const char *prefix##_get_version(type *m)                              \
	{                                                                             \
		return text(m, VERSION);                                              \
	}                                                                             \
	EXPORT int prefix##_set_version(type *m, const char *version)                 \
	{                                                                             \
		return set_text(m, VERSION, version);                                 \
	}                                                                             \
	EXPORT const char *prefix##_get_header(type *m, const char *name)             \
	{                                                                             \
		if (name == NULL) {                                                   \
			return NULL;                                                  \
		}                                                                     \
		enter();                                                              \
		return nngm_http_message_header(m, name);                             \
	}                                                                             \
	EXPORT int prefix##_set_header(type *m, const char *name, const char *value)  \
	{                                                                             \
		return set_header(m, name, value, SET);                               \
	}                                                                             \
	EXPORT int prefix##_add_header(type *m, const char *name, const char *value)  \
	{                                                                             \
		return set_header(m, name, value, ADD);                               \
	}                                                                             \
	EXPORT int prefix##_del_header(type *m, const char *name)                     \
	{                                                                             \
		return set_header(m, name, NULL, DELETE);                             \
	}                                                                             \
	EXPORT void prefix##_get_data(type *m, void **data, size_t *size)             \
	{                                                                             \
		if (data != NULL && size != NULL) {                                   \
			enter();                                                      \
			nngm_http_message_data(m, data, size);                        \
		}                                                                     \
	}                                                                             \
	EXPORT int prefix##_set_data(type *m, const void *data, size_t size)          \
	{                                                                             \
		return set_data(m, data, size, 0);                                    \
	}                                                                             \
	EXPORT int prefix##_copy_data(type *m, const void *data, size_t size)         \
	{                                                                             \
		return set_data(m, data, size, 1);                                    \
	}

MESSAGE(nng_http_req, nng_http_req)
MESSAGE(nng_http_res, nng_http_res)

#define TEXT(prefix, type, name, part)                             \
	EXPORT const char *prefix##_get_##name(type *m)            \
	{                                                          \
		return text(m, part);                              \
	}                                                          \
	EXPORT int prefix##_set_##name(type *m, const char *value) \
	{                                                          \
		return set_text(m, part, value);                   \
	}

TEXT(nng_http_req, nng_http_req, method, METHOD)
TEXT(nng_http_req, nng_http_req, uri, URI)
TEXT(nng_http_res, nng_http_res, reason, REASON)

EXPORT uint16_t
nng_http_res_get_status(nng_http_res *res)
{
	enter();
	return (uint16_t) nngm_http_res_status(res);
}

EXPORT int
nng_http_res_set_status(nng_http_res *res, uint16_t status)
{
	enter();
	return nngm_http_res_set_status(res, status);
}
