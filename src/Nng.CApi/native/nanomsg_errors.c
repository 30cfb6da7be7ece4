// Error numbers and texts of the nanomsg interface.
#include "nanomsg.h"

#include <stdio.h>

static const struct {
	int nng;
	int posix;
} errors[] = {
	{ NNG_EINTR, EINTR },
	{ NNG_ENOMEM, ENOMEM },
	{ NNG_EINVAL, EINVAL },
	{ NNG_EADDRINVAL, EINVAL },
	{ NNG_EBUSY, EBUSY },
	{ NNG_ETIMEDOUT, ETIMEDOUT },
	{ NNG_ECONNREFUSED, ECONNREFUSED },
	{ NNG_ECLOSED, EBADF },
	{ NNG_ECANCELED, EBADF },
	{ NNG_EAGAIN, EAGAIN },
	{ NNG_ENOTSUP, ENOTSUP },
	{ NNG_EADDRINUSE, EADDRINUSE },
	{ NNG_ESTATE, EFSM },
	{ NNG_ENOENT, ENOENT },
	{ NNG_EPROTO, EPROTO },
	{ NNG_EUNREACHABLE, EHOSTUNREACH },
	{ NNG_EPERM, EACCES },
	{ NNG_EMSGSIZE, EMSGSIZE },
	{ NNG_ECONNABORTED, ECONNABORTED },
	{ NNG_ECONNRESET, ECONNRESET },
	{ NNG_EEXIST, EEXIST },
	{ NNG_EREADONLY, EACCES },
	{ NNG_EWRITEONLY, EACCES },
	{ NNG_ECRYPTO, EACCES },
	{ NNG_EPEERAUTH, EACCES },
	{ NNG_EBADTYPE, EINVAL },
	{ NNG_EAMBIGUOUS, EINVAL },
	{ NNG_ENOFILES, EMFILE },
	{ NNG_ENOSPC, ENOSPC },
};

#define ERRORS (sizeof(errors) / sizeof(errors[0]))

int
nns_errno(int nng)
{
	for (size_t i = 0; i < ERRORS; i++) {
		if (errors[i].nng == nng) {
			return errors[i].posix;
		}
	}
	return EIO;
}

EXPORT int
nn_errno(void)
{
	return errno;
}

EXPORT const char *
nn_strerror(int error)
{
#ifdef NNG_LIBNANOMSG
	if (error == ETERM) {
		return "Nanomsg library was terminated";
	}
	if (error == EFSM) {
		return "Operation cannot be performed in this state";
	}
	return strerror(error);
#else
	static __thread char text[32];

	for (size_t i = 0; i < ERRORS; i++) {
		if (errors[i].posix == error) {
			return nng_strerror(errors[i].nng);
		}
	}
	if (error == EIO) {
		return "Unknown I/O error";
	}
	snprintf(text, sizeof(text), "Unknown error %d", error);
	return text;
#endif
}
