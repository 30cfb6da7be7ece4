// HTTP servers and their handlers.
#include "shim.h"

#include <stdlib.h>

#include <nng/supplemental/http/http.h>
#include <nng/supplemental/tls/tls.h>

extern int   nngm_http_handler_alloc(nng_http_handler **out, const char *path, void (*callback)(nng_aio *));
extern int   nngm_http_handler_alloc_path(nng_http_handler **out, const char *path, const char *target, int kind, int status);
extern int   nngm_http_handler_alloc_static(
      nng_http_handler **out, const char *path, const void *data, size_t size, const char *type);
extern void  nngm_http_handler_free(nng_http_handler *handler);
extern int   nngm_http_handler_set_text(nng_http_handler *handler, int what, const char *text);
extern int   nngm_http_handler_set_tree(nng_http_handler *handler, int exclusive);
extern int   nngm_http_handler_collect_body(nng_http_handler *handler, int collect, size_t limit);
extern int   nngm_http_handler_set_data(nng_http_handler *handler, void *data, void (*destroy)(void *));
extern void *nngm_http_handler_get_data(nng_http_handler *handler);
extern int   nngm_http_server_hold(nng_http_server **out, const char *url);
extern void  nngm_http_server_release(nng_http_server *server);
extern int   nngm_http_server_start(nng_http_server *server);
extern void  nngm_http_server_stop(nng_http_server *server);
extern int   nngm_http_server_handler(nng_http_server *server, nng_http_handler *handler, int add);
extern int   nngm_http_server_set_tls(nng_http_server *server, nng_tls_config *config);
extern int   nngm_http_server_get_tls(nng_http_server *server, nng_tls_config **config);
extern int   nngm_http_server_get_addr(nng_http_server *server, nng_sockaddr *address);
extern int   nngm_http_server_set_page(nng_http_server *server, int status, const char *text, int file);
extern int   nngm_http_server_res_error(nng_http_server *server, nng_http_res *res);
extern int   nngm_http_hijack(nng_http_conn *conn);

// Numbers shared with HttpHandlerExports.
enum { FILE_KIND, DIRECTORY_KIND, REDIRECT_KIND };
enum { METHOD, HOST };

EXPORT int
nng_http_handler_alloc(nng_http_handler **out, const char *path, void (*callback)(nng_aio *))
{
	if (out == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_http_handler_alloc(out, path, callback);
}

static int
alloc_path(nng_http_handler **out, const char *path, const char *target, int kind, int status)
{
	if (out == NULL || target == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_http_handler_alloc_path(out, path, target, kind, status);
}

EXPORT int
nng_http_handler_alloc_file(nng_http_handler **out, const char *path, const char *name)
{
	return alloc_path(out, path, name, FILE_KIND, 0);
}

EXPORT int
nng_http_handler_alloc_directory(nng_http_handler **out, const char *path, const char *name)
{
	return alloc_path(out, path, name, DIRECTORY_KIND, 0);
}

EXPORT int
nng_http_handler_alloc_redirect(nng_http_handler **out, const char *path, uint16_t status, const char *location)
{
	return alloc_path(out, path, location, REDIRECT_KIND, status);
}

EXPORT int
nng_http_handler_alloc_static(nng_http_handler **out, const char *path, const void *data, size_t size, const char *type)
{
	if (out == NULL || (data == NULL && size != 0)) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_http_handler_alloc_static(out, path, data, size, type);
}

EXPORT void
nng_http_handler_free(nng_http_handler *handler)
{
	if (handler != NULL) {
		enter();
		nngm_http_handler_free(handler);
	}
}

EXPORT int
nng_http_handler_set_method(nng_http_handler *handler, const char *method)
{
	enter();
	return nngm_http_handler_set_text(handler, METHOD, method);
}

EXPORT int
nng_http_handler_set_host(nng_http_handler *handler, const char *host)
{
	enter();
	return nngm_http_handler_set_text(handler, HOST, host);
}

EXPORT int
nng_http_handler_collect_body(nng_http_handler *handler, bool collect, size_t limit)
{
	enter();
	return nngm_http_handler_collect_body(handler, collect, limit);
}

EXPORT int
nng_http_handler_set_tree(nng_http_handler *handler)
{
	enter();
	return nngm_http_handler_set_tree(handler, 0);
}

EXPORT int
nng_http_handler_set_tree_exclusive(nng_http_handler *handler)
{
	enter();
	return nngm_http_handler_set_tree(handler, 1);
}

EXPORT int
nng_http_handler_set_data(nng_http_handler *handler, void *data, void (*destroy)(void *))
{
	enter();
	return nngm_http_handler_set_data(handler, data, destroy);
}

EXPORT void *
nng_http_handler_get_data(nng_http_handler *handler)
{
	enter();
	return nngm_http_handler_get_data(handler);
}

EXPORT int
nng_http_server_hold(nng_http_server **out, const nng_url *url)
{
	char *text;
	int   rv;

	if (out == NULL || url == NULL) {
		return NNG_EINVAL;
	}
	if ((text = nngs_url_text(url, URL_LISTEN)) == NULL) {
		return NNG_ENOMEM;
	}
	enter();
	rv = nngm_http_server_hold(out, text);
	free(text);
	return rv;
}

EXPORT void
nng_http_server_release(nng_http_server *server)
{
	if (server != NULL) {
		enter();
		nngm_http_server_release(server);
	}
}

EXPORT int
nng_http_server_start(nng_http_server *server)
{
	enter();
	return nngm_http_server_start(server);
}

EXPORT void
nng_http_server_stop(nng_http_server *server)
{
	enter();
	nngm_http_server_stop(server);
}

EXPORT int
nng_http_server_add_handler(nng_http_server *server, nng_http_handler *handler)
{
	enter();
	return nngm_http_server_handler(server, handler, 1);
}

EXPORT int
nng_http_server_del_handler(nng_http_server *server, nng_http_handler *handler)
{
	enter();
	return nngm_http_server_handler(server, handler, 0);
}

EXPORT int
nng_http_server_set_tls(nng_http_server *server, nng_tls_config *config)
{
	enter();
	return nngm_http_server_set_tls(server, config);
}

EXPORT int
nng_http_server_get_tls(nng_http_server *server, nng_tls_config **config)
{
	if (config == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_http_server_get_tls(server, config);
}

EXPORT int
nng_http_server_get_addr(nng_http_server *server, nng_sockaddr *address)
{
	if (address == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_http_server_get_addr(server, address);
}

EXPORT int
nng_http_server_set_error_page(nng_http_server *server, uint16_t status, const char *html)
{
	if (html == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_http_server_set_page(server, status, html, 0);
}

EXPORT int
nng_http_server_set_error_file(nng_http_server *server, uint16_t status, const char *path)
{
	if (path == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_http_server_set_page(server, status, path, 1);
}

EXPORT int
nng_http_server_res_error(nng_http_server *server, nng_http_res *res)
{
	enter();
	return nngm_http_server_res_error(server, res);
}

EXPORT int
nng_http_hijack(nng_http_conn *conn)
{
	enter();
	return nngm_http_hijack(conn);
}
