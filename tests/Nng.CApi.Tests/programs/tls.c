// TLS: configurations, their errors, streams and sockets over them.
#include "check.h"
#include "identity.h"

#include <nng/protocol/pair0/pair.h>
#include <nng/supplemental/tls/engine.h>
#include <nng/supplemental/tls/tls.h>
#include <nng/transport/tls/tls.h>

static nng_aio *one, *two;

static void
configurations(void)
{
	nng_tls_config *c, *s;
	char            long_name[400];

	memset(long_name, 'x', sizeof(long_name) - 1);
	long_name[sizeof(long_name) - 1] = 0;
	SHOW(nng_tls_engine_name() != NULL);
	SHOW(nng_tls_engine_description() != NULL);
	SHOW(nng_tls_engine_fips_mode());
	SHOW(nng_tls_register());
	SHOW(nng_tls_config_alloc(&c, NNG_TLS_MODE_CLIENT));
	SHOW(nng_tls_config_alloc(&s, NNG_TLS_MODE_SERVER));
	SHOW(nng_tls_config_server_name(c, "localhost"));
	SHOW(nng_tls_config_server_name(c, "localhost"));
	SHOW(nng_tls_config_auth_mode(c, NNG_TLS_AUTH_MODE_NONE));
	SHOW(nng_tls_config_auth_mode(c, NNG_TLS_AUTH_MODE_OPTIONAL));
	SHOW(nng_tls_config_auth_mode(c, NNG_TLS_AUTH_MODE_REQUIRED));
	SHOW(nng_tls_config_auth_mode(c, (nng_tls_auth_mode) 77));
	SHOW(nng_tls_config_ca_chain(c, certificate, NULL));
	SHOW(nng_tls_config_ca_chain(c, stranger, NULL));
	SHOW(nng_tls_config_ca_chain(c, "no certificate", NULL));
	SHOW(nng_tls_config_own_cert(s, certificate, key, NULL));
	SHOW(nng_tls_config_own_cert(c, certificate, "no key", NULL) != 0);
	SHOW(nng_tls_config_own_cert(c, "no certificate", key, NULL) != 0);
	SHOW(nng_tls_config_ca_file(c, "/no/such/file"));
	SHOW(nng_tls_config_cert_key_file(c, "/no/such/file", NULL));
	SHOW(nng_tls_config_version(c, NNG_TLS_1_2, NNG_TLS_1_2));
	SHOW(nng_tls_config_version(c, NNG_TLS_1_2, NNG_TLS_1_0));
	nng_tls_config_hold(c);
	nng_tls_config_free(c);
	SHOW(nng_tls_config_server_name(c, "still.there"));
	nng_tls_config_free(c);
	nng_tls_config_free(s);
}

static void
files(void)
{
	char            path[64];
	nng_tls_config *c;

	snprintf(path, sizeof(path), "/tmp/nng-capi-%d.pem", (int) getpid());
	FILE *file = fopen(path, "w");
	MUST(file != NULL);
	fputs(certificate, file);
	fputs(key, file);
	fclose(file);
	MUST(nng_tls_config_alloc(&c, NNG_TLS_MODE_SERVER) == 0);
	SHOW(nng_tls_config_ca_file(c, path));
	SHOW(nng_tls_config_cert_key_file(c, path, NULL));
	nng_tls_config_free(c);
	unlink(path);
}

// A stream pair over a configuration of each side; the dialler's result.
static int
connected(nng_tls_config *client, nng_tls_config *server, nng_stream **dialled, nng_stream **accepted)
{
	nng_stream_listener *l;
	nng_stream_dialer *  d;
	nng_tls_config *     got;
	char                 url[64];
	int                  port;

	MUST(nng_stream_listener_alloc(&l, "tls+tcp://127.0.0.1:0") == 0);
	SHOW(nng_stream_listener_set_ptr(l, NNG_OPT_TLS_CONFIG, server));
	MUST(nng_stream_listener_listen(l) == 0);
	MUST(nng_stream_listener_get_int(l, NNG_OPT_TCP_BOUND_PORT, &port) == 0);
	snprintf(url, sizeof(url), "tls+tcp://127.0.0.1:%d", port);
	MUST(nng_stream_dialer_alloc(&d, url) == 0);
	SHOW(nng_stream_dialer_set_ptr(d, NNG_OPT_TLS_CONFIG, client));
	SHOW(nng_stream_dialer_get_ptr(d, NNG_OPT_TLS_CONFIG, (void **) &got));
	SHOW(got == client);
	nng_tls_config_free(got);
	nng_stream_listener_accept(l, one);
	nng_stream_dialer_dial(d, two);
	nng_aio_wait(one);
	nng_aio_wait(two);
	SHOW(nng_aio_result(one));
	SHOW(nng_aio_result(two));
	*accepted = nng_aio_get_output(one, 0);
	*dialled  = nng_aio_get_output(two, 0);
	nng_stream_listener_free(l);
	nng_stream_dialer_free(d);
	return nng_aio_result(two);
}

static void
streams(void)
{
	nng_tls_config *client, *server;
	nng_stream *    a, *b;
	char            text[16] = "";
	nng_iov         iov      = { "secret", 7 };
	bool            verified = false;

	MUST(nng_tls_config_alloc(&client, NNG_TLS_MODE_CLIENT) == 0);
	MUST(nng_tls_config_alloc(&server, NNG_TLS_MODE_SERVER) == 0);
	MUST(nng_tls_config_own_cert(server, certificate, key, NULL) == 0);
	MUST(nng_tls_config_ca_chain(client, certificate, NULL) == 0);
	MUST(nng_tls_config_server_name(client, "localhost") == 0);
	nng_aio_set_timeout(one, 10000);
	nng_aio_set_timeout(two, 10000);
	if (connected(client, server, &a, &b) != 0) {
		return;
	}
	MUST(nng_aio_set_iov(two, 1, &iov) == 0);
	nng_stream_send(a, two);
	iov.iov_buf = text;
	iov.iov_len = sizeof(text);
	MUST(nng_aio_set_iov(one, 1, &iov) == 0);
	nng_stream_recv(b, one);
	nng_aio_wait(two);
	nng_aio_wait(one);
	SHOW(nng_aio_result(two));
	SHOW(nng_aio_count(two));
	SHOW(nng_aio_result(one));
	SHOW(nng_aio_count(one));
	SHOW_TEXT(text);
	SHOW(nng_stream_get_bool(a, NNG_OPT_TLS_VERIFIED, &verified));
	SHOW(verified);
	SHOW(nng_tls_config_server_name(client, "too.late"));
	SHOW(nng_tls_config_auth_mode(server, NNG_TLS_AUTH_MODE_NONE));
	nng_stream_free(a);
	nng_stream_free(b);
	nng_tls_config_free(client);
	nng_tls_config_free(server);
}

static void
sockets(void)
{
	nng_tls_config *client, *server;
	nng_socket      a, b;
	nng_listener    l;
	nng_dialer      d;
	char            url[64], text[16];
	size_t          size = sizeof(text);
	int             port;

	MUST(nng_tls_config_alloc(&client, NNG_TLS_MODE_CLIENT) == 0);
	MUST(nng_tls_config_alloc(&server, NNG_TLS_MODE_SERVER) == 0);
	MUST(nng_tls_config_own_cert(server, certificate, key, NULL) == 0);
	MUST(nng_tls_config_ca_chain(client, certificate, NULL) == 0);
	MUST(nng_tls_config_server_name(client, "localhost") == 0);
	MUST(nng_pair0_open(&a) == 0);
	MUST(nng_pair0_open(&b) == 0);
	nng_socket_set_ms(b, NNG_OPT_RECVTIMEO, 10000);
	SHOW(nng_listener_create(&l, a, "tls+tcp://127.0.0.1:0"));
	SHOW(nng_listener_set_ptr(l, NNG_OPT_TLS_CONFIG, client));
	SHOW(nng_listener_set_ptr(l, NNG_OPT_TLS_CONFIG, NULL));
	SHOW(nng_listener_set_ptr(l, NNG_OPT_TLS_CONFIG, server));
	SHOW(nng_listener_start(l, 0));
	MUST(nng_listener_get_int(l, NNG_OPT_TCP_BOUND_PORT, &port) == 0);
	snprintf(url, sizeof(url), "tls+tcp://127.0.0.1:%d", port);
	SHOW(nng_dialer_create(&d, b, url));
	SHOW(nng_dialer_set_ptr(d, NNG_OPT_TLS_CONFIG, client));
	SHOW(nng_dialer_start(d, 0));
	SHOW(nng_send(a, "over tls", 9, 0));
	SHOW(nng_recv(b, text, &size, 0));
	SHOW(size);
	SHOW_TEXT(text);
	nng_close(a);
	nng_close(b);
	nng_tls_config_free(client);
	nng_tls_config_free(server);
}

// Configurations as raw bytes: a pointer, as older programs set it.
static void
raw(void)
{
	nng_tls_config *config, *none = NULL, *got;
	nng_socket      s;
	nng_dialer      d;
	nng_listener    l;

	MUST(nng_tls_config_alloc(&config, NNG_TLS_MODE_CLIENT) == 0 && nng_pair0_open(&s) == 0);
	SHOW(nng_socket_set(s, NNG_OPT_TLS_CONFIG, &config, sizeof(config)));
	SHOW(nng_socket_set(s, NNG_OPT_TLS_CONFIG, &config, sizeof(config) - 1));
	MUST(nng_dialer_create(&d, s, "tls+tcp://127.0.0.1:5555") == 0);
	SHOW(nng_dialer_get_ptr(d, NNG_OPT_TLS_CONFIG, (void **) &got));
	SHOW(got == config);
	SHOW(nng_dialer_setopt(d, NNG_OPT_TLS_CONFIG, &config, sizeof(config)));
	SHOW(nng_dialer_set(d, NNG_OPT_TLS_CONFIG, &none, sizeof(none)));
	SHOW(nng_dialer_set(d, NNG_OPT_TLS_CONFIG, &config, sizeof(config) + 1));
	SHOW(nng_dialer_set(d, NNG_OPT_TLS_CONFIG, NULL, 0));
	MUST(nng_listener_create(&l, s, "tcp://127.0.0.1:0") == 0);
	SHOW(nng_listener_set(l, NNG_OPT_TLS_CONFIG, &config, sizeof(config)));
	SHOW(nng_close(s));
	nng_tls_config_free(config);
}

int
main(void)
{
	nng_tls_engine engine = { 0 };

	MUST(nng_aio_alloc(&one, NULL, NULL) == 0);
	MUST(nng_aio_alloc(&two, NULL, NULL) == 0);
	configurations();
	files();
	streams();
	sockets();
	raw();
	SHOW(nng_tls_engine_register(&engine));
	nng_aio_free(one);
	nng_aio_free(two);
	return 0;
}
