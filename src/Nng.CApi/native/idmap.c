// Maps from ids to pointers.
#include "shim.h"

#include <nng/supplemental/util/idhash.h>

extern int   nngm_id_map_alloc(nng_id_map **out, uint64_t lowest, uint64_t highest, int random);
extern void  nngm_id_map_free(nng_id_map *map);
extern void *nngm_id_get(nng_id_map *map, uint64_t id);
extern int   nngm_id_set(nng_id_map *map, uint64_t id, void *value);
extern int   nngm_id_alloc(nng_id_map *map, uint64_t *id, void *value);
extern int   nngm_id_remove(nng_id_map *map, uint64_t id);
extern int   nngm_id_visit(nng_id_map *map, uint64_t *id, void **value, uint32_t *cursor);

EXPORT int
nng_id_map_alloc(nng_id_map **out, uint64_t lowest, uint64_t highest, int flags)
{
	if (out == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_id_map_alloc(out, lowest, highest, (flags & NNG_MAP_RANDOM) != 0);
}

EXPORT void
nng_id_map_free(nng_id_map *map)
{
	enter();
	nngm_id_map_free(map);
}

EXPORT void *
nng_id_get(nng_id_map *map, uint64_t id)
{
	enter();
	return nngm_id_get(map, id);
}

EXPORT int
nng_id_set(nng_id_map *map, uint64_t id, void *value)
{
	enter();
	return nngm_id_set(map, id, value);
}

EXPORT int
nng_id_alloc(nng_id_map *map, uint64_t *id, void *value)
{
	if (id == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_id_alloc(map, id, value);
}

EXPORT int
nng_id_remove(nng_id_map *map, uint64_t id)
{
	enter();
	return nngm_id_remove(map, id);
}

EXPORT bool
nng_id_visit(nng_id_map *map, uint64_t *id, void **value, uint32_t *cursor)
{
	if (cursor == NULL) {
		return false;
	}
	enter();
	return nngm_id_visit(map, id, value, cursor) != 0;
}
