// A host that loads the library while it runs, handles its own signals, and lets go of the library again.
#include "../check.h"

#include <dlfcn.h>
#include <setjmp.h>
#include <signal.h>

static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGCHLD, SIGUSR1, SIGUSR2, SIGCONT, SIGWINCH,
	SIGALRM, SIGABRT, SIGBUS, SIGILL, SIGTRAP };

static volatile sig_atomic_t heard;
static sigjmp_buf            past_fault;

static void
on_signal(int number)
{
	heard = number;
}

static void
on_fault(int number, siginfo_t *info, void *context)
{
	(void) info;
	(void) context;
	heard = number;
	siglongjmp(past_fault, 1);
}

// A reading of nothing, caught by the host.
static int
faults(void)
{
	heard = 0;
	if (sigsetjmp(past_fault, 1) == 0) {
		volatile int *nothing = (volatile int *) 16;
		(void) *nothing;
	}
	return heard;
}

static int
kept(void)
{
	int count = 0;

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		struct sigaction now;
		MUST(sigaction(signals[i], NULL, &now) == 0);
		count += now.sa_handler == on_signal;
	}
	return count;
}

int
main(int argc, char **argv)
{
	struct sigaction fault = { 0 };
	char             text[8];
	size_t           size = sizeof(text);

	MUST(argc > 1);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		signal(signals[i], on_signal);
	}
	fault.sa_sigaction = on_fault;
	fault.sa_flags     = SA_SIGINFO | SA_NODEFER;
	sigaction(SIGSEGV, &fault, NULL);

	void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
	MUST(library != NULL);
	int (*open_pair)(nng_socket *)                              = dlsym(library, "nng_pair0_open");
	int (*listen_at)(nng_socket, const char *, nng_listener *, int) = dlsym(library, "nng_listen");
	int (*dial)(nng_socket, const char *, nng_dialer *, int)    = dlsym(library, "nng_dial");
	int (*send_to)(nng_socket, void *, size_t, int)             = dlsym(library, "nng_send");
	int (*receive)(nng_socket, void *, size_t *, int)           = dlsym(library, "nng_recv");
	int (*close_it)(nng_socket)                                 = dlsym(library, "nng_close");
	void (*finish)(void)                                        = dlsym(library, "nng_fini");
	MUST(open_pair && listen_at && dial && send_to && receive && close_it && finish);

	nng_socket a, b;
	const char *url = scratch("ipc");
	MUST(open_pair(&a) == 0 && open_pair(&b) == 0);
	MUST(listen_at(a, url, NULL, 0) == 0 && dial(b, url, NULL, 0) == 0);
	MUST(send_to(b, "message", 8, 0) == 0 && receive(a, text, &size, 0) == 0);
	SHOW_TEXT(text);
	SHOW(kept());
	SHOW(faults() == SIGSEGV);
	// A peer that is gone: the host is not sent SIGPIPE for it.
	heard = 0;
	MUST(close_it(a) == 0);
	send_to(b, "message", 8, 2);
	SHOW(heard);
	for (int number = SIGUSR1; number <= SIGUSR2; number += SIGUSR2 - SIGUSR1) {
		raise(number);
		SHOW(heard == number);
	}
	MUST(close_it(b) == 0);
	finish();
	SHOW(dlclose(library));
	usleep(50000);
	SHOW(faults() == SIGSEGV);
	library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
	open_pair = dlsym(library, "nng_pair0_open");
	close_it  = dlsym(library, "nng_close");
	SHOW(open_pair(&a));
	SHOW(close_it(a));
	SHOW(kept());
	return 0;
}
