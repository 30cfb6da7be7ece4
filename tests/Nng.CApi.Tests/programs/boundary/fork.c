// fork: a child of a process that has used the library is stopped with a word; before the first use, and with exec, it is
// as good as any.
#include "../check.h"

#include <sys/wait.h>

#include <nng/protocol/pair0/pair.h>

// Opens and closes a socket in a child; how the child ended.
static int
in_child(const char *program, bool executes)
{
	int   status;
	pid_t child = fork();

	if (child == 0) {
		nng_socket s;
		if (executes) {
			execl(program, program, "again", NULL);
			_exit(9);
		}
		_exit(nng_pair0_open(&s) == 0 && nng_close(s) == 0 ? 0 : 1);
	}
	MUST(waitpid(child, &status, 0) == child);
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

// What needs no thread of the library works in a child, too.
static int
harmless_in_child(void)
{
	int   status;
	pid_t child = fork();

	if (child == 0) {
		bool good = strcmp(nng_version(), "") != 0 && strcmp(nng_strerror(NNG_ECLOSED), "Object closed") == 0;
		nng_fini();
		_exit(good ? 0 : 1);
	}
	MUST(waitpid(child, &status, 0) == child);
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

int
main(int argc, char **argv)
{
	nng_socket s;

	if (argc > 1 && strcmp(argv[1], "again") == 0) {
		MUST(nng_pair0_open(&s) == 0 && nng_close(s) == 0);
		return 0;
	}
	SHOW(in_child(argv[0], false));
	MUST(nng_pair0_open(&s) == 0);
	SHOW(in_child(argv[0], false));
	SHOW(in_child(argv[0], true));
	SHOW(harmless_in_child());
	// The parent goes on.
	SHOW(nng_close(s));
	return 0;
}
