// Start, fork guard, version, error texts.
#include "shim.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

extern void nngm_init(void);
extern void nngm_closeall(void);
extern void nngm_farewell(void);

int nngs_state;

static pthread_once_t start_once = PTHREAD_ONCE_INIT;

static void
on_fork_child(void)
{
	if (nngs_state == 1) {
		nngs_state = 2;
	}
}

static void *
farewell(void *unused)
{
	(void) unused;
	nngm_farewell();
	return NULL;
}

// What the program has sent leaves before the process does. On a thread of its own, which is not waited for without end:
// exit may have been called by a signal handler that interrupted the managed half.
static void
on_exit_of_process(void)
{
	pthread_t       thread;
	struct timespec end;

	if (nngs_state != 1 || pthread_create(&thread, NULL, farewell, NULL) != 0) {
		return;
	}
	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += 2;
	if (pthread_timedjoin_np(thread, NULL, &end) != 0) {
		pthread_detach(thread);
	}
}

static void
start(void)
{
	struct sigaction pipe_action;

	// The runtime ignores SIGPIPE for the whole process; that is the program's to decide.
	sigaction(SIGPIPE, NULL, &pipe_action);
	nngm_init();
	sigaction(SIGPIPE, &pipe_action, NULL);
	pthread_atfork(NULL, NULL, on_fork_child);
	atexit(on_exit_of_process);
	__atomic_store_n(&nngs_state, 1, __ATOMIC_RELEASE);
}

void
nngs_enter_slow(void)
{
	if (nngs_state == 2) {
		fputs("panic: nng is not fork-reentrant safe\n"
		      "This process was forked from one that had used the library; its threads are not here.\n"
		      "Fork before the first use, or exec in the child.\n",
		    stderr);
		abort();
	}
	pthread_once(&start_once, start);
}

EXPORT void
nng_fini(void)
{
	// Nothing was started: nothing is to end. A forked child has nothing of its own either.
	nng_closeall();
}

EXPORT void
nng_closeall(void)
{
	if (nngs_state == 1) {
		nngm_closeall();
		nns_endpoints_forget(-1);
	}
}

EXPORT const char *
nng_version(void)
{
	return "1.11.0";
}

// Accepted for programs that tune the original's threads; ours follow the load.
EXPORT void
nng_init_set_parameter(nng_init_parameter parameter, uint64_t value)
{
	(void) parameter;
	(void) value;
}

static const struct {
	int         code;
	const char *text;
} errors[] = {
	{ 0, "Hunky dory" },
	{ NNG_EINTR, "Interrupted" },
	{ NNG_ENOMEM, "Out of memory" },
	{ NNG_EINVAL, "Invalid argument" },
	{ NNG_EBUSY, "Resource busy" },
	{ NNG_ETIMEDOUT, "Timed out" },
	{ NNG_ECONNREFUSED, "Connection refused" },
	{ NNG_ECLOSED, "Object closed" },
	{ NNG_EAGAIN, "Try again" },
	{ NNG_ENOTSUP, "Not supported" },
	{ NNG_EADDRINUSE, "Address in use" },
	{ NNG_ESTATE, "Incorrect state" },
	{ NNG_ENOENT, "Entry not found" },
	{ NNG_EPROTO, "Protocol error" },
	{ NNG_EUNREACHABLE, "Destination unreachable" },
	{ NNG_EADDRINVAL, "Address invalid" },
	{ NNG_EPERM, "Permission denied" },
	{ NNG_EMSGSIZE, "Message too large" },
	{ NNG_ECONNABORTED, "Connection aborted" },
	{ NNG_ECONNRESET, "Connection reset" },
	{ NNG_ECANCELED, "Operation canceled" },
	{ NNG_ENOFILES, "Out of files" },
	{ NNG_ENOSPC, "Out of space" },
	{ NNG_EEXIST, "Resource already exists" },
	{ NNG_EREADONLY, "Read only resource" },
	{ NNG_EWRITEONLY, "Write only resource" },
	{ NNG_ECRYPTO, "Cryptographic error" },
	{ NNG_EPEERAUTH, "Peer could not be authenticated" },
	{ NNG_ENOARG, "Option requires argument" },
	{ NNG_EAMBIGUOUS, "Ambiguous option" },
	{ NNG_EBADTYPE, "Incorrect type" },
	{ NNG_ECONNSHUT, "Connection shutdown" },
	{ NNG_EINTERNAL, "Internal error detected" },
};

EXPORT const char *
nng_strerror(int code)
{
	// One buffer a thread: the text holds until the thread's next unknown code.
	static __thread char buffer[64];

	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		if (errors[i].code == code) {
			return errors[i].text;
		}
	}
	if (code & NNG_ESYSERR) {
		return strerror(code & ~NNG_ESYSERR);
	}
	if (code & NNG_ETRANERR) {
		snprintf(buffer, sizeof(buffer), "Transport error #%d", code & ~NNG_ETRANERR);
	} else {
		snprintf(buffer, sizeof(buffer), "Unknown error #%d", code);
	}
	return buffer;
}
