// HTTP servers: handlers of every kind, methods, bodies, errors, sharing; spoken to by the library's own client.
#include "check.h"

#include <sys/stat.h>

#include <nng/supplemental/http/http.h>
#include <nng/supplemental/tls/tls.h>

static nng_aio *        aio;
static nng_http_server *server;
static nng_http_client *client;
static nng_url *        url;
static int              destroyed;

static void
destroy(void *data)
{
	(void) data;
	__atomic_add_fetch(&destroyed, 1, __ATOMIC_SEQ_CST);
}

// One exchange; prints the status and the body, or its length if it is a page of the library's own.
static void
ask(const char *method, const char *uri, const char *body, const char *header)
{
	nng_http_req *req;
	nng_http_res *res;
	void *        data;
	size_t        size;

	MUST(nng_http_req_alloc(&req, url) == 0);
	MUST(nng_http_res_alloc(&res) == 0);
	MUST(nng_http_req_set_method(req, method) == 0);
	MUST(nng_http_req_set_uri(req, uri) == 0);
	if (body != NULL) {
		MUST(nng_http_req_copy_data(req, body, strlen(body)) == 0);
	}
	nng_http_client_transact(client, req, res, aio);
	nng_aio_wait(aio);
	printf("%s %s: result %d", method, uri, nng_aio_result(aio));
	if (nng_aio_result(aio) == 0) {
		nng_http_res_get_data(res, &data, &size);
		printf(", status %u", nng_http_res_get_status(res));
		if (nng_http_res_get_status(res) < 300 || strcmp(header, "page") == 0) {
			printf(", body \"%.*s\"", (int) size, (char *) data);
		}
		if (header[0] >= 'A' && header[0] <= 'Z') {
			const char *value = nng_http_res_get_header(res, header);
			printf(", %s: %s", header, value == NULL ? "NULL" : value);
		}
	}
	printf("\n");
	nng_http_req_free(req);
	nng_http_res_free(res);
}

// Answers with method, uri and body.
static void
echo(nng_aio *call)
{
	nng_http_req *    req  = nng_aio_get_input(call, 0);
	nng_http_handler *self = nng_aio_get_input(call, 1);
	nng_http_res *    res;
	char              text[256];
	void *            data;
	size_t            size;

	nng_http_req_get_data(req, &data, &size);
	snprintf(text, sizeof(text), "%s %s %s [%.*s]", nng_http_req_get_method(req), nng_http_req_get_uri(req),
	    (char *) nng_http_handler_get_data(self), (int) size, size == 0 ? "" : (char *) data);
	if (nng_http_res_alloc(&res) != 0 || nng_http_res_copy_data(res, text, strlen(text)) != 0
	    || nng_http_res_set_header(res, "X-Own", "yes") != 0) {
		nng_aio_finish(call, NNG_ENOMEM);
		return;
	}
	nng_aio_set_output(call, 0, res);
	nng_aio_finish(call, 0);
}

static nng_aio *timer;
static nng_aio *later;

static void
finish_later(void *arg)
{
	nng_http_res *res;
	(void) arg;
	if (nng_http_res_alloc(&res) == 0) {
		nng_http_res_set_data(res, "at last", 7);
		nng_aio_set_output(later, 0, res);
	}
	nng_aio_finish(later, 0);
}

// Answers on another thread, after a while.
static void
slow(nng_aio *call)
{
	later = call;
	nng_sleep_aio(20, timer);
}

static void
fails(nng_aio *call)
{
	nng_aio_finish(call, NNG_EPERM);
}

// An error with a page that the server may replace.
static void
unavailable(nng_aio *call)
{
	nng_http_res *res;
	if (nng_http_res_alloc_error(&res, NNG_HTTP_STATUS_SERVICE_UNAVAILABLE) != 0) {
		nng_aio_finish(call, NNG_ENOMEM);
		return;
	}
	nng_aio_set_output(call, 0, res);
	nng_aio_finish(call, 0);
}

static nng_aio *reader;
static char     body[16];

static void
finish_read(void *arg)
{
	nng_http_res *res;
	(void) arg;
	if (nng_aio_result(reader) != 0 || nng_http_res_alloc(&res) != 0) {
		nng_aio_finish(later, NNG_EINTERNAL);
		return;
	}
	nng_http_res_copy_data(res, body, nng_aio_count(reader));
	nng_aio_set_output(later, 0, res);
	nng_aio_finish(later, 0);
}

// Reads the body itself, and leaves the response to the server.
static void
reads(nng_aio *call)
{
	nng_http_conn *conn   = nng_aio_get_input(call, 2);
	const char *   length = nng_http_req_get_header(nng_aio_get_input(call, 0), "Content-Length");
	nng_iov        iov    = { .iov_buf = body, .iov_len = length == NULL ? 0 : (size_t) atoi(length) };

	later = call;
	MUST(iov.iov_len <= sizeof(body));
	MUST(nng_aio_set_iov(reader, 1, &iov) == 0);
	nng_http_conn_read_all(conn, reader);
}

static nng_http_handler *
handler_of(const char *path, void (*callback)(nng_aio *))
{
	nng_http_handler *h;
	MUST(nng_http_handler_alloc(&h, path, callback) == 0);
	return h;
}

static void
add(nng_http_handler *h)
{
	MUST(nng_http_server_add_handler(server, h) == 0);
}

static void
start(void)
{
	nng_sockaddr sa;
	nng_url *    any;
	char         text[64];

	MUST(nng_url_parse(&any, "http://127.0.0.1:0") == 0);
	SHOW(nng_http_server_hold(&server, any));
	nng_url_free(any);
	SHOW(nng_http_server_get_addr(server, NULL));
	SHOW(nng_http_server_start(server));
	SHOW(nng_http_server_get_addr(server, &sa));
	SHOW(sa.s_family);
	snprintf(text, sizeof(text), "http://127.0.0.1:%u", ntohs(sa.s_in.sa_port));
	MUST(nng_url_parse(&url, text) == 0);
	// The port that the program has put there counts, not the text.
	put_member(&url->u_rawurl, "http://127.0.0.1:1");
	SHOW(nng_http_client_alloc(&client, url));
}

static void
callbacks(void)
{
	nng_http_handler *h = handler_of("/echo", echo), *other;

	SHOW(nng_http_handler_set_method(h, NULL));
	SHOW(nng_http_handler_set_data(h, "data", destroy));
	SHOW_TEXT((char *) nng_http_handler_get_data(h));
	SHOW(nng_http_handler_collect_body(h, true, 16));
	SHOW(nng_http_server_add_handler(server, h));
	SHOW(nng_http_handler_set_method(h, "PUT"));
	SHOW(nng_http_handler_set_host(h, "x"));
	SHOW(nng_http_handler_set_tree(h));
	SHOW(nng_http_handler_set_tree_exclusive(h));
	SHOW(nng_http_handler_set_data(h, NULL, NULL));
	ask("GET", "/echo", NULL, "X-Own");
	ask("GET", "/echo?a=b", NULL, "");
	ask("POST", "/echo", "a body", "");
	ask("PUT", "/echo", "sixteen bytes ok", "");
	ask("DELETE", "/echo", NULL, "");
	ask("GET", "/echo/below", NULL, "");
	ask("GET", "/nothing", NULL, "");

	other = handler_of("/echo", echo);
	nng_http_handler_set_method(other, NULL);
	SHOW(nng_http_server_add_handler(server, other));
	nng_http_handler_free(other);

	SHOW(destroyed);
	SHOW(nng_http_server_del_handler(server, h));
	SHOW(nng_http_server_del_handler(server, h));
	ask("GET", "/echo", NULL, "");
	SHOW(destroyed);
	nng_http_handler_free(h);
	SHOW(destroyed);

	MUST(nng_aio_alloc(&timer, finish_later, NULL) == 0);
	add(handler_of("/slow", slow));
	ask("GET", "/slow", NULL, "");
	add(handler_of("/fails", fails));
	ask("GET", "/fails", NULL, "");
	MUST(nng_aio_alloc(&reader, finish_read, NULL) == 0);
	h = handler_of("/reads", reads);
	MUST(nng_http_handler_set_method(h, NULL) == 0);
	SHOW(nng_http_handler_collect_body(h, false, 0));
	add(h);
	ask("POST", "/reads", "eight by", "");
	ask("PUT", "/reads", "sixteen bytes ok", "");
	h = handler_of("/post", echo);
	MUST(nng_http_handler_set_data(h, "post", destroy) == 0);
	MUST(nng_http_handler_set_method(h, "POST") == 0);
	add(h);
	ask("POST", "/post", "x", "");
	ask("GET", "/post", NULL, "");
	h = handler_of("/tree", echo);
	MUST(nng_http_handler_set_data(h, "tree", NULL) == 0);
	SHOW(nng_http_handler_set_tree(h));
	add(h);
	ask("GET", "/tree", NULL, "");
	ask("GET", "/tree/deep/er?x", NULL, "");
	h = handler_of("/host", echo);
	MUST(nng_http_handler_set_data(h, "host", NULL) == 0);
	SHOW(nng_http_handler_set_host(h, "somewhere.else"));
	add(h);
	ask("GET", "/host", NULL, "");
	h = handler_of("/exclusive", echo);
	SHOW(nng_http_handler_set_tree_exclusive(h));
	add(h);
	other = handler_of("/exclusive/below", echo);
	SHOW(nng_http_server_add_handler(server, other));
	nng_http_handler_free(other);
}

static void
contents(void)
{
	char              path[96], folder[64];
	nng_http_handler *h;

	SHOW(nng_http_handler_alloc_static(&h, "/static", "fixed", 5, "text/plain"));
	add(h);
	ask("GET", "/static", NULL, "Content-Type");
	ask("HEAD", "/static", NULL, "Content-Length");
	ask("POST", "/static", NULL, "");
	SHOW(nng_http_handler_alloc_redirect(&h, "/from", 0, "/to"));
	add(h);
	ask("GET", "/from", NULL, "Location");
	SHOW(nng_http_handler_alloc_redirect(&h, "/found", 302, "http://example.com/there"));
	add(h);
	ask("GET", "/found", NULL, "Location");

	snprintf(folder, sizeof(folder), "/tmp/nng-capi-http-%d", (int) getpid());
	mkdir(folder, 0755);
	snprintf(path, sizeof(path), "%s/page.html", folder);
	FILE *file = fopen(path, "w");
	MUST(file != NULL);
	fputs("<p>a page</p>", file);
	fclose(file);
	SHOW(nng_http_handler_alloc_file(&h, "/file", path));
	add(h);
	ask("GET", "/file", NULL, "Content-Type");
	SHOW(nng_http_handler_alloc_file(&h, "/missing", "/no/such/file"));
	add(h);
	ask("GET", "/missing", NULL, "");
	SHOW(nng_http_handler_alloc_directory(&h, "/dir", folder));
	add(h);
	ask("GET", "/dir/page.html", NULL, "Content-Type");
	ask("GET", "/dir/other.html", NULL, "");
	SHOW(nng_http_server_set_error_file(server, 404, path));
	ask("GET", "/nowhere", NULL, "page");
	SHOW(nng_http_server_set_error_file(server, 404, "/no/such/file"));
	unlink(path);
	rmdir(folder);
}

static void
errors(void)
{
	nng_http_res *res;
	nng_url *     bad;
	void *        data;
	size_t        size;

	add(handler_of("/unavailable", unavailable));
	ask("GET", "/unavailable", NULL, "Content-Type");
	SHOW(nng_http_server_set_error_page(server, 503, "<p>come back</p>"));
	ask("GET", "/unavailable", NULL, "page");
	MUST(nng_http_res_alloc(&res) == 0);
	MUST(nng_http_res_set_status(res, 503) == 0);
	SHOW(nng_http_server_res_error(server, res));
	nng_http_res_get_data(res, &data, &size);
	printf("%.*s\n", (int) size, (char *) data);
	SHOW_TEXT(nng_http_res_get_header(res, "Content-Type"));
	nng_http_res_free(res);

	MUST(nng_url_parse(&bad, "gopher://127.0.0.1:1") == 0);
	nng_http_server *none;
	nng_http_client *nobody;
	SHOW(nng_http_server_hold(&none, bad));
	SHOW(nng_http_client_alloc(&nobody, bad));
	nng_url_free(bad);
	MUST(nng_url_parse(&bad, "http://127.0.0.1:1") == 0);
	SHOW(nng_http_client_alloc(&nobody, bad));
	nng_http_client_connect(nobody, aio);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	SHOW(nng_aio_get_output(aio, 0) == NULL);
	nng_http_client_free(nobody);
	nng_url_free(bad);

	nng_tls_config *config;
	MUST(nng_tls_config_alloc(&config, NNG_TLS_MODE_CLIENT) == 0);
	SHOW(nng_http_client_set_tls(client, config));
	SHOW(nng_http_client_set_tls(client, NULL));
	SHOW(nng_http_server_set_tls(server, config));
	SHOW(nng_http_server_set_tls(server, NULL));
	nng_tls_config_free(config);
	SHOW(nng_http_client_get_tls(client, &config));
	SHOW(nng_http_server_get_tls(server, &config));
}

static void
sharing(void)
{
	nng_http_server *again;

	SHOW(nng_http_server_hold(&again, url));
	SHOW(again == server);
	SHOW(nng_http_server_start(again));
	nng_http_server_stop(again);
	nng_http_server_release(again);
	ask("GET", "/static", NULL, "");
	nng_http_server_stop(server);
	nng_http_client_connect(client, aio);
	nng_aio_wait(aio);
	SHOW(nng_aio_result(aio));
	nng_http_server_release(server);
}

int
main(void)
{
	MUST(nng_aio_alloc(&aio, NULL, NULL) == 0);
	nng_aio_set_timeout(aio, 10000);
	start();
	callbacks();
	contents();
	errors();
	sharing();
	nng_http_client_free(client);
	nng_url_free(url);
	nng_aio_free(reader);
	nng_aio_free(timer);
	nng_aio_free(aio);
	return 0;
}
