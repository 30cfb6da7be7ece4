// HTTP clients.
#include "shim.h"

#include <stdlib.h>

#include <nng/supplemental/http/http.h>
#include <nng/supplemental/tls/tls.h>

extern int  nngm_http_client_alloc(nng_http_client **out, const char *url);
extern void nngm_http_client_free(nng_http_client *client);
extern int  nngm_http_client_set_tls(nng_http_client *client, nng_tls_config *config);
extern int  nngm_http_client_get_tls(nng_http_client *client, nng_tls_config **config);
extern void nngm_http_client_connect(nng_http_client *client, nng_aio *aio);
extern void nngm_http_client_transact(nng_http_client *client, nng_http_req *req, nng_http_res *res, nng_aio *aio);

EXPORT int
nng_http_client_alloc(nng_http_client **out, const nng_url *url)
{
	char *text;
	int   rv;

	if (out == NULL || url == NULL) {
		return NNG_EINVAL;
	}
	if ((text = nngs_url_text(url, URL_DIAL)) == NULL) {
		return NNG_ENOMEM;
	}
	enter();
	rv = nngm_http_client_alloc(out, text);
	free(text);
	return rv;
}

EXPORT void
nng_http_client_free(nng_http_client *client)
{
	if (client != NULL) {
		enter();
		nngm_http_client_free(client);
	}
}

EXPORT int
nng_http_client_set_tls(nng_http_client *client, nng_tls_config *config)
{
	enter();
	return nngm_http_client_set_tls(client, config);
}

EXPORT int
nng_http_client_get_tls(nng_http_client *client, nng_tls_config **config)
{
	if (config == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_http_client_get_tls(client, config);
}

EXPORT void
nng_http_client_connect(nng_http_client *client, nng_aio *aio)
{
	enter();
	nngm_http_client_connect(client, aio);
}

EXPORT void
nng_http_client_transact(nng_http_client *client, nng_http_req *req, nng_http_res *res, nng_aio *aio)
{
	enter();
	nngm_http_client_transact(client, req, res, aio);
}
