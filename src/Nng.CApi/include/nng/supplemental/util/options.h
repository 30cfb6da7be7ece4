#ifndef NNG_SUPPLEMENTAL_UTIL_OPTIONS_H
#define NNG_SUPPLEMENTAL_UTIL_OPTIONS_H

#include <nng/nng.h>

#ifdef __cplusplus
extern "C" {
#endif

// One command line option; the table ends with an entry whose o_val is 0.
typedef struct nng_optspec {
	const char *o_name;  // long name, NULL for none
	int         o_short; // short name, 0 for none
	int         o_val;   // what nng_opts_parse gives
	bool        o_arg;   // takes a value
} nng_optspec;

NNG_DECL int nng_opts_parse(int, char *const*, const nng_optspec*, int*, char**, int*);

#ifdef __cplusplus
}
#endif

#endif
