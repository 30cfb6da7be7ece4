// Makes, uses and drops every kind of object for a while; memory, descriptors and threads stay what they were when it was
// warm. usage: churn SECONDS
#include "use.h"

#include "sockets.h"
#include "small.h"
#include "streams.h"
#include "web.h"

// One of everything; protocols, transports and variants take turns.
static void
everything(int round)
{
	sockets(round);
	streams(round);
	datagrams();
	small(round);
	operations(round);
	web(round);
	older(round);
	if (round % 64 == 63) {
		// The library ends and begins again.
		nng_fini();
	}
}

int
main(int argc, char **argv)
{
	double         seconds = argc > 1 ? atof(argv[1]) : 4;
	double         start = use_seconds(), sampled = start;
	struct quarter quarters[4];
	int            round = 0, quarter = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	memset(quarters, 0, sizeof(quarters));
	// The first half warms up: pools fill, the collector finds its pace.
	while (quarter < 4) {
		everything(round++);
		double now = use_seconds();
		if (now - sampled < seconds / 400) {
			continue;
		}
		struct quarter *current = &quarters[quarter];
		struct use      u       = use_now();
		use_add(current, u);
		sampled = now;
		if (current->samples % 10 == 1) {
			printf("%.0f s, round %d: %ld kB, %d descriptors, %d threads\n", now - start, round, u.kilobytes,
			    u.descriptors, u.threads);
		}
		// A machine that is busy otherwise gets more time.
		quarter += now - start >= seconds * (quarter + 1) / 4 && current->samples >= 5;
	}
	struct quarter warm = quarters[2], last = quarters[3];
	printf("%d rounds, third and last quarter: %.0f to %.0f kB, %d to %d descriptors, %d to %d threads\n", round,
	    warm.kilobytes, last.kilobytes, warm.descriptors, last.descriptors, warm.threads, last.threads);
	// A round leaves nothing; the collector, the allocator and the pool of threads have their ups and downs.
	return last.kilobytes > warm.kilobytes * 1.08 + 6144 || last.descriptors > warm.descriptors + 2
	    || last.threads > warm.threads + 8;
}
