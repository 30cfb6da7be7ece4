// The C half of the library: every exported symbol is defined in these files. What needs the library enters the
// managed half through the nngm_* functions, which stay inside.
#ifndef NNG_SHIM_H
#define NNG_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nng/nng.h>

#define EXPORT __attribute__((visibility("default")))
#define LIKELY(x) __builtin_expect(!!(x), 1)

// 0 = not started, 1 = started, 2 = a forked child of a started process.
extern int nngs_state;
void nngs_enter_slow(void);

// First statement of whatever enters the managed half: starts it once, and stops a forked child, whose runtime
// threads are gone.
static inline void
enter(void)
{
	if (!LIKELY(__atomic_load_n(&nngs_state, __ATOMIC_ACQUIRE) == 1)) {
		nngs_enter_slow();
	}
}

// What a URL is for: a request has its host as one member, others have host name and port; who listens has the path, others the
// path and query.
typedef enum { URL_DIAL, URL_LISTEN, URL_REQUEST } url_use;

// The text of a URL whose members the program may have replaced, for the caller to free; NULL when memory is out.
char *nngs_url_text(const nng_url *url, url_use use);

// The nanomsg interface is told that a socket was closed; all sockets for -1.
void nns_endpoints_forget(int socket);

#endif
