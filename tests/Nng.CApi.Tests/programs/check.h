// What the test programs share: every check prints one line, which must be the same on both libraries.
#ifndef CHECK_H
#define CHECK_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <nng/nng.h>

// A number.
#define SHOW(expression) printf("%s:%d: %s = %lld\n", __func__, __LINE__, #expression, (long long) (expression))

// A text, or NULL.
#define SHOW_TEXT(expression)                                                                        \
	do {                                                                                         \
		const char *text_ = (expression);                                                    \
		printf("%s:%d: %s = %s%s%s\n", __func__, __LINE__, #expression, text_ ? "\"" : "", \
		    text_ ? text_ : "NULL", text_ ? "\"" : "");                                   \
	} while (0)

// Bytes.
#define SHOW_BYTES(expression, length)                                                \
	do {                                                                          \
		const unsigned char *bytes_ = (const void *) (expression);            \
		printf("%s:%d: %s =", __func__, __LINE__, #expression);               \
		for (size_t i_ = 0; i_ < (size_t) (length); i_++) {                   \
			printf(" %02x", bytes_[i_]);                                  \
		}                                                                     \
		printf("\n");                                                         \
	} while (0)

// Something that must hold, whatever the library.
#define MUST(expression)                                                                                  \
	do {                                                                                              \
		if (!(expression)) {                                                                      \
			printf("%s:%d: %s does not hold\n", __func__, __LINE__, #expression);             \
			exit(1);                                                                          \
		}                                                                                         \
	} while (0)

static int pipes_;

static inline void
count_pipe_(nng_pipe p, nng_pipe_ev event, void *arg)
{
	(void) p, (void) event, (void) arg;
	__atomic_add_fetch(&pipes_, 1, __ATOMIC_SEQ_CST);
}

// The pipes of a socket count from now on; 0.
static inline int
count_pipes(nng_socket s)
{
	return nng_pipe_notify(s, NNG_PIPE_EV_ADD_POST, count_pipe_, NULL);
}

// Waits for so many pipes, then starts over.
static inline void
await_pipes(int count)
{
	for (int i = 0; __atomic_load_n(&pipes_, __ATOMIC_SEQ_CST) < count; i++) {
		MUST(i < 20000);
		usleep(1000);
	}
	__atomic_store_n(&pipes_, 0, __ATOMIC_SEQ_CST);
}

// An address nobody else uses.
static inline const char *
scratch(const char *scheme)
{
	static char url[4][96];
	static int  count;
	char *      out = url[count++ % 4];

	if (strcmp(scheme, "ipc") == 0) {
		snprintf(out, sizeof(url[0]), "ipc:///tmp/nng-capi-%d-%d.sock", (int) getpid(), count);
	} else {
		snprintf(out, sizeof(url[0]), "%s://capi-%d-%d", scheme, (int) getpid(), count);
	}
	return out;
}

// Puts another text into a member of a URL.
static inline void
put_member(char **member, const char *text)
{
	nng_strfree(*member);
	*member = nng_strdup(text);
}

// Starts a listener on a free TCP port; gives the address to dial.
static inline const char *
listen_tcp(nng_socket s)
{
	static char  url[64];
	nng_listener l;
	int          port = 0;

	MUST(nng_listen(s, "tcp://127.0.0.1:0", &l, 0) == 0);
	MUST(nng_listener_get_int(l, NNG_OPT_TCP_BOUND_PORT, &port) == 0);
	snprintf(url, sizeof(url), "tcp://127.0.0.1:%d", port);
	return url;
}

#endif
