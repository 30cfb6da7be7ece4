// How long a process takes from its start to its first message: runs itself some times. usage: startup [TIMES]
#include "../check.h"

#include <sys/wait.h>
#include <time.h>

#include <nng/protocol/pair0/pair.h>

static long
microseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

static long
first_message(long start)
{
	nng_socket a, b;
	char       text[8];
	size_t     size = sizeof(text);
	const char *url = scratch("ipc");

	MUST(nng_pair0_open(&a) == 0 && nng_pair0_open(&b) == 0);
	MUST(nng_listen(a, url, NULL, 0) == 0 && nng_dial(b, url, NULL, 0) == 0);
	MUST(nng_send(b, "message", 8, 0) == 0 && nng_recv(a, text, &size, 0) == 0);
	long taken = microseconds() - start;
	nng_close(a);
	nng_close(b);
	return taken;
}

static int
ascending(const void *a, const void *b)
{
	long x = *(const long *) a, y = *(const long *) b;
	return x < y ? -1 : x > y;
}

int
main(int argc, char **argv)
{
	int  times = argc > 1 ? atoi(argv[1]) : 21;
	long taken[1000];

	if (argc > 2) {
		printf("%ld\n", first_message(atol(argv[2])));
		return 0;
	}
	MUST(times > 0 && times <= 1000);
	for (int i = 0; i < times; i++) {
		char command[256];
		snprintf(command, sizeof(command), "%s 1 %ld", argv[0], microseconds());
		FILE *child = popen(command, "r");
		MUST(child != NULL && fscanf(child, "%ld", &taken[i]) == 1 && pclose(child) == 0);
	}
	qsort(taken, (size_t) times, sizeof(taken[0]), ascending);
	printf("start to first message: median %.1f ms, %.1f to %.1f ms, of %d\n", taken[times / 2] / 1e3, taken[0] / 1e3,
	    taken[times - 1] / 1e3, times);
	return 0;
}
