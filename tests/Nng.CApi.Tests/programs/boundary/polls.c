// Descriptors to poll that are asked for while their socket closes: none is left behind.
#include "../check.h"

#include <dirent.h>

#include <nng/protocol/pair0/pair.h>

enum { ROUNDS = 100000, LONGEST = 3000 };

// The socket that is open, or was a moment ago; 0 when there will be no more.
static uint32_t open_id = 1;

static int
descriptors(void)
{
	DIR *folder = opendir("/proc/self/fd");
	int  count  = 0;

	while (readdir(folder) != NULL) {
		count++;
	}
	closedir(folder);
	return count;
}

static void *
asks(void *option)
{
	nng_socket s;
	int        fd;

	while ((s.id = __atomic_load_n(&open_id, __ATOMIC_ACQUIRE)) != 0) {
		nng_socket_get_int(s, option, &fd);
	}
	return NULL;
}

int
main(void)
{
	char *     options[] = { NNG_OPT_RECVFD, NNG_OPT_SENDFD, NNG_OPT_SENDFD };
	pthread_t  threads[3];
	nng_socket s;
	int        before;

	MUST(nng_pair0_open(&s) == 0 && nng_close(s) == 0);
	before = descriptors();
	for (int i = 0; i < 3; i++) {
		MUST(pthread_create(&threads[i], NULL, asks, options[i]) == 0);
	}
	for (int i = 0; i < ROUNDS; i++) {
		MUST(nng_pair0_open(&s) == 0);
		__atomic_store_n(&open_id, s.id, __ATOMIC_RELEASE);
		for (volatile int k = (i * 37) % LONGEST; k > 0; k--) {
		}
		MUST(nng_close(s) == 0);
	}
	__atomic_store_n(&open_id, 0, __ATOMIC_RELEASE);
	for (int i = 0; i < 3; i++) {
		pthread_join(threads[i], NULL);
	}
	SHOW(descriptors() - before);
	return 0;
}
