#ifndef NNG_SUPPLEMENTAL_UTIL_IDHASH_H
#define NNG_SUPPLEMENTAL_UTIL_IDHASH_H

#include <nng/nng.h>

#ifdef __cplusplus
extern "C" {
#endif

// A map from 64-bit ids to pointers. Not thread-safe.
typedef struct nng_id_map_s nng_id_map;

#define NNG_MAP_RANDOM 1 // start at a random id

NNG_DECL int nng_id_map_alloc(nng_id_map**, uint64_t, uint64_t, int);
NNG_DECL void nng_id_map_free(nng_id_map*);
NNG_DECL void*nng_id_get(nng_id_map*, uint64_t);
NNG_DECL int nng_id_set(nng_id_map*, uint64_t, void*);
NNG_DECL int nng_id_alloc(nng_id_map*, uint64_t*, void*);
NNG_DECL int nng_id_remove(nng_id_map*, uint64_t);
NNG_DECL bool nng_id_visit(nng_id_map*, uint64_t*, void**, uint32_t*);

#ifdef __cplusplus
}
#endif

#endif
