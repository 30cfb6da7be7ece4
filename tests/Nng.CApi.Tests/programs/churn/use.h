// What the process uses: memory, descriptors, threads; sampled in time.
#ifndef USE_H
#define USE_H

#include "../check.h"

#include <dirent.h>
#include <time.h>

// Milliseconds that anything may take: only what hangs takes longer, even beside programs that leave no processor.
#define PATIENCE 120000

// A call that gives 0, or what it gave instead.
#define GOOD(call)                                                                                \
	do {                                                                                      \
		int good_ = (call);                                                               \
		if (good_ != 0) {                                                                 \
			printf("%s:%d: %s: %s\n", __func__, __LINE__, #call, nng_strerror(good_)); \
			exit(1);                                                                  \
		}                                                                                 \
	} while (0)

// Whether an address of this kind ends in a port, and whether it wants certificates.
static bool
has_port(const char *scheme)
{
	return strcmp(scheme, "inproc") != 0 && strcmp(scheme, "ipc") != 0;
}

static bool
is_secure(const char *scheme)
{
	return strcmp(scheme, "tls+tcp") == 0 || strcmp(scheme, "wss") == 0;
}

struct use {
	long kilobytes;
	int  descriptors;
	int  threads;
};

// The samples of a quarter of the run: descriptors and threads that are still open have not been closed yet, or are lost;
// only what the lowest sample has can be lost. Memory goes up and down with the collector: its mean.
struct quarter {
	double kilobytes;
	int    descriptors;
	int    threads;
	int    samples;
};

static struct use
use_now(void)
{
	struct use u;
	char       line[256];
	FILE *     status = fopen("/proc/self/status", "r");
	DIR *      folder = opendir("/proc/self/fd");

	MUST(status != NULL && folder != NULL);
	memset(&u, 0, sizeof(u));
	while (fgets(line, sizeof(line), status) != NULL) {
		sscanf(line, "VmRSS: %ld", &u.kilobytes);
		sscanf(line, "Threads: %d", &u.threads);
	}
	fclose(status);
	while (readdir(folder) != NULL) {
		u.descriptors++;
	}
	closedir(folder);
	return u;
}

static void
use_add(struct quarter *q, struct use u)
{
	if (q->samples == 0 || u.descriptors < q->descriptors) {
		q->descriptors = u.descriptors;
	}
	if (q->samples == 0 || u.threads < q->threads) {
		q->threads = u.threads;
	}
	q->kilobytes = (q->kilobytes * q->samples + u.kilobytes) / (q->samples + 1);
	q->samples++;
}

static double
use_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

#endif
