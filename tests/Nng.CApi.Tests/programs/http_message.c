// HTTP requests and responses: start lines, headers, bodies.
#include "check.h"

#include <nng/supplemental/http/http.h>

static nng_url *
url_of(const char *text)
{
	nng_url *url;
	MUST(nng_url_parse(&url, text) == 0);
	return url;
}

static void
requests(void)
{
	static const char *urls[] = { "http://example.com", "http://example.com:80/a/b?c=d", "http://Example.COM:8080/x",
		"https://example.com/secure", "ws://127.0.0.1:7/", "http://[::1]:8080/six" };
	nng_http_req *r;
	nng_url *     url;

	SHOW(nng_http_req_alloc(&r, NULL));
	SHOW_TEXT(nng_http_req_get_method(r));
	SHOW_TEXT(nng_http_req_get_version(r));
	SHOW_TEXT(nng_http_req_get_uri(r));
	SHOW_TEXT(nng_http_req_get_header(r, "Host"));
	SHOW(nng_http_req_set_method(r, "POST"));
	SHOW_TEXT(nng_http_req_get_method(r));
	SHOW(nng_http_req_set_method(r, "x-own"));
	SHOW_TEXT(nng_http_req_get_method(r));
	SHOW(nng_http_req_set_method(r, NULL));
	SHOW_TEXT(nng_http_req_get_method(r));
	SHOW(nng_http_req_set_version(r, "HTTP/1.0"));
	SHOW_TEXT(nng_http_req_get_version(r));
	SHOW(nng_http_req_set_version(r, NULL));
	SHOW_TEXT(nng_http_req_get_version(r));
	SHOW(nng_http_req_set_uri(r, "/path?query=1&other=%20"));
	SHOW_TEXT(nng_http_req_get_uri(r));
	SHOW(nng_http_req_set_uri(r, NULL));
	SHOW_TEXT(nng_http_req_get_uri(r));
	nng_http_req_free(r);
	nng_http_req_free(NULL);

	for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
		url = url_of(urls[i]);
		SHOW(nng_http_req_alloc(&r, url));
		nng_url_free(url);
		SHOW_TEXT(nng_http_req_get_uri(r));
		SHOW_TEXT(nng_http_req_get_header(r, "host"));
		nng_http_req_free(r);
	}
}

static void
request_headers(void)
{
	nng_http_req *r;
	const char *  kept;

	MUST(nng_http_req_alloc(&r, NULL) == 0);
	SHOW_TEXT(nng_http_req_get_header(r, "X-None"));
	SHOW(nng_http_req_del_header(r, "X-None"));
	SHOW(nng_http_req_set_header(r, "X-One", "1"));
	SHOW_TEXT(nng_http_req_get_header(r, "x-oNE"));
	SHOW(nng_http_req_set_header(r, "x-one", "uno"));
	SHOW_TEXT(nng_http_req_get_header(r, "X-One"));
	SHOW(nng_http_req_add_header(r, "X-One", "duo"));
	SHOW_TEXT(nng_http_req_get_header(r, "X-One"));
	SHOW(nng_http_req_add_header(r, "X-Two", "two"));
	kept = nng_http_req_get_header(r, "X-Two");
	SHOW_TEXT(kept);
	SHOW(nng_http_req_set_header(r, "X-Three", "three"));
	SHOW_TEXT(nng_http_req_get_header(r, "X-Three"));
	SHOW_TEXT(kept);
	SHOW(kept == nng_http_req_get_header(r, "x-two"));
	SHOW(nng_http_req_del_header(r, "x-two"));
	SHOW_TEXT(nng_http_req_get_header(r, "X-Two"));
	SHOW(nng_http_req_del_header(r, "x-two"));
	SHOW(nng_http_req_set_header(r, "X-Empty", ""));
	SHOW_TEXT(nng_http_req_get_header(r, "X-Empty"));
	nng_http_req_reset(r);
	SHOW_TEXT(nng_http_req_get_header(r, "X-One"));
	SHOW_TEXT(nng_http_req_get_method(r));
	nng_http_req_free(r);
}

static void
request_bodies(void)
{
	nng_http_req *r;
	char          own[8] = "mine";
	void *        data;
	size_t        size;

	MUST(nng_http_req_alloc(&r, NULL) == 0);
	nng_http_req_get_data(r, &data, &size);
	SHOW(data == NULL);
	SHOW(size);
	SHOW(nng_http_req_set_data(r, own, 4));
	SHOW_TEXT(nng_http_req_get_header(r, "Content-Length"));
	nng_http_req_get_data(r, &data, &size);
	SHOW(data == own);
	SHOW(size);
	SHOW(nng_http_req_copy_data(r, "copied body", 11));
	SHOW_TEXT(nng_http_req_get_header(r, "content-length"));
	nng_http_req_get_data(r, &data, &size);
	SHOW(size);
	SHOW(memcmp(data, "copied body", 11));
	SHOW(nng_http_req_copy_data(r, "x", 1));
	nng_http_req_get_data(r, &data, &size);
	SHOW(size);
	SHOW(((char *) data)[0]);
	SHOW(nng_http_req_set_data(r, NULL, 0));
	nng_http_req_get_data(r, &data, &size);
	SHOW(size);
	SHOW_TEXT(nng_http_req_get_header(r, "Content-Length"));
	nng_http_req_reset(r);
	SHOW_TEXT(nng_http_req_get_header(r, "Content-Length"));
	nng_http_req_free(r);
}

static void
responses(void)
{
	static const uint16_t statuses[] = { 100, 101, 200, 201, 204, 206, 301, 302, 304, 307, 400, 401, 403, 404, 405, 408, 409,
		411, 413, 414, 415, 417, 418, 426, 429, 431, 500, 501, 502, 503, 504, 505, 599, 999 };
	nng_http_res *r;
	void *        data;
	size_t        size;

	SHOW(nng_http_res_alloc(&r));
	SHOW(nng_http_res_get_status(r));
	SHOW_TEXT(nng_http_res_get_reason(r));
	SHOW_TEXT(nng_http_res_get_version(r));
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		SHOW(nng_http_res_set_status(r, statuses[i]));
		SHOW(nng_http_res_get_status(r));
		printf("%u %s\n", statuses[i], nng_http_res_get_reason(r));
	}
	SHOW(nng_http_res_set_status(r, NNG_HTTP_STATUS_OK));
	SHOW(nng_http_res_set_reason(r, "Splendid"));
	SHOW_TEXT(nng_http_res_get_reason(r));
	SHOW(nng_http_res_set_status(r, NNG_HTTP_STATUS_NOT_FOUND));
	SHOW_TEXT(nng_http_res_get_reason(r));
	SHOW(nng_http_res_set_reason(r, NULL));
	SHOW_TEXT(nng_http_res_get_reason(r));
	SHOW(nng_http_res_set_version(r, "HTTP/1.0"));
	SHOW_TEXT(nng_http_res_get_version(r));
	SHOW(nng_http_res_set_header(r, "X-A", "a"));
	SHOW(nng_http_res_add_header(r, "X-A", "b"));
	SHOW_TEXT(nng_http_res_get_header(r, "x-a"));
	SHOW(nng_http_res_del_header(r, "X-A"));
	SHOW(nng_http_res_del_header(r, "X-A"));
	SHOW_TEXT(nng_http_res_get_header(r, "x-a"));
	SHOW(nng_http_res_copy_data(r, "body", 4));
	SHOW_TEXT(nng_http_res_get_header(r, "Content-Length"));
	nng_http_res_get_data(r, &data, &size);
	SHOW_BYTES(data, size);
	SHOW(nng_http_res_set_data(r, "other", 5));
	nng_http_res_get_data(r, &data, &size);
	SHOW_BYTES(data, size);
	SHOW(nng_http_res_set_data(r, NULL, 77));
	SHOW_TEXT(nng_http_res_get_header(r, "Content-Length"));
	nng_http_res_reset(r);
	SHOW(nng_http_res_get_status(r));
	SHOW_TEXT(nng_http_res_get_reason(r));
	SHOW_TEXT(nng_http_res_get_header(r, "Content-Length"));
	nng_http_res_get_data(r, &data, &size);
	SHOW(size);
	nng_http_res_free(r);
	nng_http_res_free(NULL);

	SHOW(nng_http_res_alloc_error(&r, 404));
	SHOW(nng_http_res_get_status(r));
	SHOW_TEXT(nng_http_res_get_header(r, "Content-Type"));
	nng_http_res_get_data(r, &data, &size);
	SHOW(size > 0);
	SHOW(memmem(data, size, "404", 3) != NULL);
	SHOW(memmem(data, size, "Not Found", 9) != NULL);
	nng_http_res_free(r);
}

// Members that the program has replaced count, not the text.
static void
replaced(void)
{
	nng_url *     url = url_of("http://example.com:8080/x?q");
	nng_http_req *r;

	for (int i = 0; i < 5; i++) {
		char ** members[] = { &url->u_path, &url->u_requri, &url->u_host, &url->u_port, &url->u_rawurl };
		put_member(members[i], i == 4 ? "http://other.example/y" : i == 3 ? "99" : i == 2 ? "host.example:7" : "/z?a=b");
		SHOW(nng_http_req_alloc(&r, url));
		SHOW_TEXT(nng_http_req_get_uri(r));
		SHOW_TEXT(nng_http_req_get_header(r, "Host"));
		nng_http_req_free(r);
	}
	nng_url_free(url);
}

int
main(void)
{
	requests();
	request_headers();
	request_bodies();
	responses();
	replaced();
	return 0;
}
