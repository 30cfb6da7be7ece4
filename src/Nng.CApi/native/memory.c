// The C heap: what crosses is malloc'd and free'd, whoever does it.
#include "shim.h"

#include <stdlib.h>
#include <string.h>

EXPORT void *
nng_alloc(size_t size)
{
	return size == 0 ? NULL : malloc(size);
}

EXPORT void
nng_free(void *memory, size_t size)
{
	(void) size;
	free(memory);
}

EXPORT char *
nng_strdup(const char *text)
{
	return text == NULL ? NULL : strdup(text);
}

EXPORT void
nng_strfree(char *text)
{
	free(text);
}
