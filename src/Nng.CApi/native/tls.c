// TLS configurations. The engine is the platform's and cannot be replaced.
#include "shim.h"

#include <nng/supplemental/tls/engine.h>
#include <nng/supplemental/tls/tls.h>

extern int         nngm_tls_config_alloc(nng_tls_config **out, int mode);
extern void        nngm_tls_config_hold(nng_tls_config *config);
extern void        nngm_tls_config_free(nng_tls_config *config);
extern int         nngm_tls_config_set(nng_tls_config *config, int what, const char *first, const char *second, const char *third);
extern int         nngm_tls_config_auth_mode(nng_tls_config *config, int mode);
extern int         nngm_tls_config_version(nng_tls_config *config, int min, int max);
extern int         nngm_tls_config_psk(nng_tls_config *config, const char *identity, const uint8_t *key, size_t length);
extern const char *nngm_tls_engine_text(int description);

// Numbers shared with TlsExports.
enum { SERVER_NAME, CA_CHAIN, CA_FILE, OWN_CERT, CERT_KEY_FILE };

EXPORT int
nng_tls_config_alloc(nng_tls_config **out, nng_tls_mode mode)
{
	if (out == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_tls_config_alloc(out, (int) mode);
}

EXPORT void
nng_tls_config_hold(nng_tls_config *config)
{
	enter();
	nngm_tls_config_hold(config);
}

EXPORT void
nng_tls_config_free(nng_tls_config *config)
{
	if (config != NULL) {
		enter();
		nngm_tls_config_free(config);
	}
}

static int
set(nng_tls_config *config, int what, const char *first, const char *second, const char *third)
{
	if (config == NULL || first == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_tls_config_set(config, what, first, second, third);
}

EXPORT int
nng_tls_config_server_name(nng_tls_config *config, const char *name)
{
	return set(config, SERVER_NAME, name, NULL, NULL);
}

EXPORT int
nng_tls_config_ca_chain(nng_tls_config *config, const char *chain, const char *revocations)
{
	return set(config, CA_CHAIN, chain, revocations, NULL);
}

EXPORT int
nng_tls_config_ca_file(nng_tls_config *config, const char *path)
{
	return set(config, CA_FILE, path, NULL, NULL);
}

EXPORT int
nng_tls_config_own_cert(nng_tls_config *config, const char *certificate, const char *key, const char *password)
{
	return key == NULL ? NNG_EINVAL : set(config, OWN_CERT, certificate, key, password);
}

EXPORT int
nng_tls_config_cert_key_file(nng_tls_config *config, const char *path, const char *password)
{
	return set(config, CERT_KEY_FILE, path, password, NULL);
}

EXPORT int
nng_tls_config_auth_mode(nng_tls_config *config, nng_tls_auth_mode mode)
{
	enter();
	return nngm_tls_config_auth_mode(config, (int) mode);
}

EXPORT int
nng_tls_config_version(nng_tls_config *config, nng_tls_version min, nng_tls_version max)
{
	enter();
	return nngm_tls_config_version(config, (int) min, (int) max);
}

EXPORT int
nng_tls_config_psk(nng_tls_config *config, const char *identity, const uint8_t *key, size_t length)
{
	if (identity == NULL || (key == NULL && length != 0)) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_tls_config_psk(config, identity, key, length);
}

EXPORT const char *
nng_tls_engine_name(void)
{
	enter();
	return nngm_tls_engine_text(0);
}

EXPORT const char *
nng_tls_engine_description(void)
{
	enter();
	return nngm_tls_engine_text(1);
}

EXPORT bool
nng_tls_engine_fips_mode(void)
{
	return false;
}

// As a library built without the means to take an engine.
EXPORT int
nng_tls_engine_register(const nng_tls_engine *engine)
{
	(void) engine;
	return NNG_ENOTSUP;
}

EXPORT int
nng_tls_engine_send(void *conn, const uint8_t *bytes, size_t *size)
{
	(void) conn;
	(void) bytes;
	(void) size;
	return NNG_ENOTSUP;
}

EXPORT int
nng_tls_engine_recv(void *conn, uint8_t *bytes, size_t *size)
{
	(void) conn;
	(void) bytes;
	(void) size;
	return NNG_ENOTSUP;
}
