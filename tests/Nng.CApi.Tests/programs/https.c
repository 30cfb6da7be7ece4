// HTTP over TLS: a server and a client with their configurations, and a client that does not trust.
#include "check.h"
#include "identity.h"

#include <nng/supplemental/http/http.h>
#include <nng/supplemental/tls/tls.h>

static nng_aio *aio;

static void
ask(nng_http_client *client, nng_url *url)
{
	nng_http_req *req;
	nng_http_res *res;
	void *        data;
	size_t        size;

	MUST(nng_http_req_alloc(&req, url) == 0);
	MUST(nng_http_res_alloc(&res) == 0);
	nng_http_client_transact(client, req, res, aio);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	if (nng_aio_result(aio) == 0) {
		SHOW(nng_http_res_get_status(res));
		nng_http_res_get_data(res, &data, &size);
		printf("%.*s\n", (int) size, (char *) data);
	}
	nng_http_req_free(req);
	nng_http_res_free(res);
}

int
main(void)
{
	nng_http_server * server;
	nng_http_handler *handler;
	nng_http_client * client;
	nng_tls_config *  config, *got;
	nng_sockaddr      sa;
	nng_url *         url;
	char              text[64];

	MUST(nng_aio_alloc(&aio, NULL, NULL) == 0);
	nng_aio_set_timeout(aio, 10000);
	MUST(nng_url_parse(&url, "https://127.0.0.1:0") == 0);
	SHOW(nng_http_server_hold(&server, url));
	nng_url_free(url);
	MUST(nng_tls_config_alloc(&config, NNG_TLS_MODE_SERVER) == 0);
	MUST(nng_tls_config_own_cert(config, certificate, key, NULL) == 0);
	SHOW(nng_http_server_set_tls(server, NULL));
	SHOW(nng_http_server_set_tls(server, config));
	SHOW(nng_http_server_get_tls(server, &got));
	SHOW(got == config);
	nng_tls_config_free(got);
	nng_tls_config_free(config);
	MUST(nng_http_handler_alloc_static(&handler, "/secret", "over tls", 8, "text/plain") == 0);
	MUST(nng_http_server_add_handler(server, handler) == 0);
	SHOW(nng_http_server_start(server));
	MUST(nng_http_server_get_addr(server, &sa) == 0);
	snprintf(text, sizeof(text), "https://127.0.0.1:%u/secret", ntohs(sa.s_in.sa_port));
	MUST(nng_url_parse(&url, text) == 0);

	SHOW(nng_http_client_alloc(&client, url));
	MUST(nng_tls_config_alloc(&config, NNG_TLS_MODE_CLIENT) == 0);
	MUST(nng_tls_config_ca_chain(config, certificate, NULL) == 0);
	MUST(nng_tls_config_server_name(config, "localhost") == 0);
	SHOW(nng_http_client_set_tls(client, config));
	SHOW(nng_http_client_get_tls(client, &got));
	SHOW(got == config);
	nng_tls_config_free(got);
	ask(client, url);
	ask(client, url);
	nng_http_client_free(client);
	nng_tls_config_free(config);

	// Nobody is trusted: nothing is exchanged.
	MUST(nng_http_client_alloc(&client, url) == 0);
	MUST(nng_tls_config_alloc(&config, NNG_TLS_MODE_CLIENT) == 0);
	MUST(nng_tls_config_ca_chain(config, stranger, NULL) == 0);
	MUST(nng_tls_config_server_name(config, "localhost") == 0);
	MUST(nng_http_client_set_tls(client, config) == 0);
	ask(client, url);
	nng_http_client_free(client);
	nng_tls_config_free(config);

	nng_http_server_stop(server);
	nng_http_server_release(server);
	nng_url_free(url);
	nng_aio_free(aio);
	return 0;
}
