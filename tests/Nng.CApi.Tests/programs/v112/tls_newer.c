// TLS: what the 1.12 line added and what the platform cannot do; NULL.
#include "../check.h"

#include <nng/supplemental/tls/engine.h>
#include <nng/supplemental/tls/tls.h>

int
main(void)
{
	nng_tls_config *c;
	uint8_t         key[16] = { 1 };
	size_t          size    = sizeof(key);

	SHOW(nng_tls_config_alloc(NULL, NNG_TLS_MODE_CLIENT));
	SHOW(nng_tls_config_alloc(&c, (nng_tls_mode) 77));
	SHOW(nng_tls_config_alloc(&c, NNG_TLS_MODE_CLIENT));
	SHOW(nng_tls_config_psk(c, "identity", key, sizeof(key)));
	SHOW(nng_tls_config_psk(c, NULL, key, sizeof(key)));
	SHOW(nng_tls_config_server_name(c, NULL));
	SHOW(nng_tls_config_ca_chain(c, NULL, NULL));
	SHOW(nng_tls_config_own_cert(c, "certificate", NULL, NULL));
	SHOW(nng_tls_config_version(c, NNG_TLS_1_2, NNG_TLS_1_3));
	SHOW(nng_tls_config_version(c, NNG_TLS_1_0, NNG_TLS_1_1));
	SHOW(nng_tls_engine_send(NULL, key, &size));
	SHOW(nng_tls_engine_recv(NULL, key, &size));
	nng_tls_config_free(c);
	SHOW(nng_tls_config_server_name(c, "stale"));
	nng_tls_config_hold(c);
	nng_tls_config_free(c);
	nng_tls_config_free(NULL);
	SHOW_TEXT(nng_tls_engine_name());
	SHOW(nng_tls_engine_fips_mode());
	return 0;
}
