// Statistics: a snapshot is a tree of plain C nodes, made by the managed half on the C heap.
#include "shim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Shared with CStatNode.
struct nng_stat {
	char *    name;
	char *    desc;
	char *    string; // NULL but for strings
	nng_stat *next;
	nng_stat *child;
	uint64_t  value;
	uint64_t  timestamp;
	int       type;
	int       unit;
};

extern int nngm_stats_get(nng_stat **out);

EXPORT int
nng_stats_get(nng_stat **out)
{
	if (out == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_stats_get(out);
}

EXPORT void
nng_stats_free(nng_stat *stat)
{
	while (stat != NULL) {
		nng_stat *next = stat->next;
		nng_stats_free(stat->child);
		free(stat->name);
		free(stat->desc);
		free(stat->string);
		free(stat);
		stat = next;
	}
}

EXPORT nng_stat *
nng_stat_next(nng_stat *stat)
{
	return stat == NULL ? NULL : stat->next;
}

EXPORT nng_stat *
nng_stat_child(nng_stat *stat)
{
	return stat == NULL ? NULL : stat->child;
}

EXPORT const char *
nng_stat_name(nng_stat *stat)
{
	return stat == NULL ? "" : stat->name;
}

EXPORT const char *
nng_stat_desc(nng_stat *stat)
{
	return stat == NULL ? "" : stat->desc;
}

EXPORT int
nng_stat_type(nng_stat *stat)
{
	return stat == NULL ? NNG_STAT_SCOPE : stat->type;
}

EXPORT int
nng_stat_unit(nng_stat *stat)
{
	return stat == NULL ? NNG_UNIT_NONE : stat->unit;
}

EXPORT uint64_t
nng_stat_value(nng_stat *stat)
{
	return stat == NULL ? 0 : stat->value;
}

EXPORT bool
nng_stat_bool(nng_stat *stat)
{
	return stat != NULL && stat->value != 0;
}

EXPORT const char *
nng_stat_string(nng_stat *stat)
{
	return stat == NULL || stat->type != NNG_STAT_STRING ? "" : stat->string;
}

EXPORT uint64_t
nng_stat_timestamp(nng_stat *stat)
{
	return stat == NULL ? 0 : stat->timestamp;
}

EXPORT nng_stat *
nng_stat_find(nng_stat *stat, const char *name)
{
	nng_stat *found;

	if (stat == NULL || name == NULL) {
		return NULL;
	}
	if (strcmp(stat->name, name) == 0) {
		return stat;
	}
	for (nng_stat *child = stat->child; child != NULL; child = child->next) {
		if ((found = nng_stat_find(child, name)) != NULL) {
			return found;
		}
	}
	return NULL;
}

static nng_stat *
find_scope(nng_stat *stat, const char *name, uint32_t id)
{
	nng_stat *found;

	if (stat == NULL || stat->type != NNG_STAT_SCOPE) {
		return NULL;
	}
	if (stat->value == id && strcmp(stat->name, name) == 0) {
		return stat;
	}
	for (nng_stat *child = stat->child; child != NULL; child = child->next) {
		if ((found = find_scope(child, name, id)) != NULL) {
			return found;
		}
	}
	return NULL;
}

EXPORT nng_stat *
nng_stat_find_socket(nng_stat *stat, nng_socket s)
{
	return find_scope(stat, "socket", s.id);
}

EXPORT nng_stat *
nng_stat_find_dialer(nng_stat *stat, nng_dialer d)
{
	return find_scope(stat, "dialer", d.id);
}

EXPORT nng_stat *
nng_stat_find_listener(nng_stat *stat, nng_listener l)
{
	return find_scope(stat, "listener", l.id);
}

static void
dump_value(nng_stat *stat)
{
	printf("        %-32s", stat->name);
	switch (stat->type) {
	case NNG_STAT_STRING:
		printf("\"%s\"\n", stat->string == NULL ? "" : stat->string);
		return;
	case NNG_STAT_BOOLEAN:
		printf("%s\n", stat->value != 0 ? "true" : "false");
		return;
	default:
		break;
	}
	printf("%llu", (unsigned long long) stat->value);
	switch (stat->unit) {
	case NNG_UNIT_BYTES:
		printf(" bytes\n");
		break;
	case NNG_UNIT_MESSAGES:
		printf(" msgs\n");
		break;
	case NNG_UNIT_MILLIS:
		printf(" ms\n");
		break;
	default:
		printf("\n");
		break;
	}
}

static void
dump_scope(nng_stat *stat, const char *outer)
{
	char path[256];

	path[0] = '\0';
	if (stat->name[0] != '\0') {
		snprintf(path, sizeof(path), "%.200s%s%s#%llu", outer, outer[0] == '\0' ? "" : ".", stat->name,
		    (unsigned long long) stat->value);
		printf("\n%s:\n", path);
	}
	for (nng_stat *child = stat->child; child != NULL; child = child->next) {
		if (child->type == NNG_STAT_SCOPE) {
			dump_scope(child, path);
		} else {
			dump_value(child);
		}
	}
}

// Through C stdio, so that it stands in order with the program's own output.
EXPORT void
nng_stats_dump(nng_stat *stat)
{
	if (stat == NULL) {
		return;
	}
	if (stat->type == NNG_STAT_SCOPE) {
		dump_scope(stat, "");
	} else {
		dump_value(stat);
	}
	fflush(stdout);
}
