// HTTP connections.
#include "shim.h"

#include <nng/supplemental/http/http.h>

extern void nngm_http_conn_close(nng_http_conn *conn);
extern void nngm_http_conn_transfer(nng_http_conn *conn, nng_aio *aio, int what);
extern void nngm_http_conn_transact(nng_http_conn *conn, nng_http_req *req, nng_http_res *res, nng_aio *aio);
extern void nngm_http_conn_message(nng_http_conn *conn, void *message, nng_aio *aio, int what);

// Numbers shared with HttpConnectionExports.
enum { READ, READ_ALL, WRITE, WRITE_ALL };

EXPORT void
nng_http_conn_close(nng_http_conn *conn)
{
	if (conn != NULL) {
		enter();
		nngm_http_conn_close(conn);
	}
}

#define TRANSFER(name, what)                                   \
	EXPORT void name(nng_http_conn *conn, nng_aio *aio)    \
	{                                                      \
		enter();                                       \
		nngm_http_conn_transfer(conn, aio, what);      \
	}

TRANSFER(nng_http_conn_read, READ)
TRANSFER(nng_http_conn_read_all, READ_ALL)
TRANSFER(nng_http_conn_write, WRITE)
TRANSFER(nng_http_conn_write_all, WRITE_ALL)

#define WITH_MESSAGE(name, type, what)                                        \
	EXPORT void name(nng_http_conn *conn, type *message, nng_aio *aio)    \
	{                                                                     \
		enter();                                                      \
		nngm_http_conn_message(conn, message, aio, what);             \
	}

WITH_MESSAGE(nng_http_conn_read_req, nng_http_req, READ)
WITH_MESSAGE(nng_http_conn_read_res, nng_http_res, READ)
WITH_MESSAGE(nng_http_conn_write_req, nng_http_req, WRITE)
WITH_MESSAGE(nng_http_conn_write_res, nng_http_res, WRITE)

EXPORT void
nng_http_conn_transact(nng_http_conn *conn, nng_http_req *req, nng_http_res *res, nng_aio *aio)
{
	enter();
	nngm_http_conn_transact(conn, req, res, aio);
}
