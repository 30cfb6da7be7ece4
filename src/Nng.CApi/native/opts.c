// The command line scanner. It hands out pointers into argv, so it is plain C.
#include "shim.h"

#include <string.h>

#include <nng/supplemental/util/options.h>

// The entry that a long name of the given length means: an exact one, or the only one it is the beginning of.
static int
find_long(const nng_optspec *opts, const char *name, size_t length, const nng_optspec **out)
{
	const nng_optspec *found = NULL;
	bool               ambiguous = false;

	for (; opts->o_val != 0; opts++) {
		if (opts->o_name == NULL || strncmp(opts->o_name, name, length) != 0) {
			continue;
		}
		if (opts->o_name[length] == '\0') {
			*out = opts;
			return 0;
		}
		ambiguous = found != NULL;
		found     = opts;
		if (ambiguous) {
			break;
		}
	}
	if (ambiguous) {
		// A later exact match still wins.
		for (; opts->o_val != 0; opts++) {
			if (opts->o_name != NULL && strncmp(opts->o_name, name, length) == 0
			    && opts->o_name[length] == '\0') {
				*out = opts;
				return 0;
			}
		}
		return NNG_EAMBIGUOUS;
	}
	*out = found;
	return found == NULL ? NNG_EINVAL : 0;
}

static int
find_short(const nng_optspec *opts, char letter, const nng_optspec **out)
{
	for (; opts->o_val != 0; opts++) {
		if (opts->o_short != 0 && opts->o_short == letter) {
			*out = opts;
			return 0;
		}
	}
	return NNG_EINVAL;
}

EXPORT int
nng_opts_parse(int argc, char *const *argv, const nng_optspec *opts, int *val, char **optarg, int *optidx)
{
	const nng_optspec *spec;
	char *             word;
	char *             value;
	int                rv;

	if (argv == NULL || opts == NULL || val == NULL || optidx == NULL) {
		return NNG_EINVAL;
	}
	if (*optidx >= argc || argv[*optidx][0] != '-') {
		return -1;
	}
	word = argv[*optidx];
	if (word[1] == '\0') {
		*optidx += 1;
		return -1;
	}
	if (word[1] == '-') {
		size_t length = strcspn(word + 2, "=:");

		if ((rv = find_long(opts, word + 2, length, &spec)) != 0) {
			return rv;
		}
		value = word[2 + length] == '\0' ? NULL : word + 2 + length + 1;
	} else {
		if ((rv = find_short(opts, word[1], &spec)) != 0) {
			return rv;
		}
		value = word[2] == '\0' ? NULL : word + 2;
	}
	if (!spec->o_arg) {
		if (value != NULL) {
			return NNG_EINVAL;
		}
		*val = spec->o_val;
		*optidx += 1;
		return 0;
	}
	rv = 1;
	if (value == NULL) {
		if (*optidx + 1 >= argc) {
			return NNG_ENOARG;
		}
		value = argv[*optidx + 1];
		rv    = 2;
	}
	if (optarg != NULL) {
		*optarg = value;
	}
	*val = spec->o_val;
	*optidx += rv;
	return 0;
}
