// Options as the older library has them: its defaults and ranges, and those that have no counterpart.
#include "../nanomsg.h"

#include <pthread.h>
#include <stdlib.h>

enum { LONGEST_MESSAGE = 1024 * 1024, BUFFER = 128 * 1024, RECONNECT_MS = 100, HOPS = 8, MOST_HOPS = 15, PRIORITY = 8, LOWEST_PRIORITY = 16 };

// What a program has set that has no place in our socket.
struct kept {
	int socket;
	int send_buffer;
	int receive_buffer;
	int hops;
	int only_v4;
};

static const struct kept initially = { 0, BUFFER, BUFFER, HOPS, 1 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct kept *   all;
static size_t          count, room;

void
nns_older_open(nng_socket s)
{
	struct kept *larger;

	nng_socket_set_size(s, NNG_OPT_RECVMAXSZ, LONGEST_MESSAGE);
	nng_socket_set_ms(s, NNG_OPT_RECONNMINT, RECONNECT_MS);
	pthread_mutex_lock(&lock);
	if (count == room && (larger = realloc(all, (room + 16) * sizeof(*larger))) != NULL) {
		all = larger;
		room += 16;
	}
	if (count < room) {
		all[count]          = initially;
		all[count++].socket = (int) s.id;
	}
	pthread_mutex_unlock(&lock);
}

void
nns_older_forget(int socket)
{
	pthread_mutex_lock(&lock);
	for (size_t i = count; i-- > 0;) {
		if (socket < 0 || all[i].socket == socket) {
			all[i] = all[--count];
		}
	}
	pthread_mutex_unlock(&lock);
}

// Reads a value that is kept, or replaces it.
static int
access_kept(int socket, size_t offset, const int *value)
{
	int now = *(const int *) ((const char *) &initially + offset);

	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < count; i++) {
		int *place = (int *) ((char *) &all[i] + offset);
		if (all[i].socket == socket) {
			if (value != NULL) {
				*place = *value;
			}
			now = *place;
		}
	}
	pthread_mutex_unlock(&lock);
	return now;
}

// Offset of the kept value of an option, and its range; false for options of ours.
static bool
is_kept(int option, size_t *offset, int *least, int *most)
{
	*least = 1;
	*most  = INT32_MAX;
	switch (option) {
	case NN_SNDBUF:
		*offset = offsetof(struct kept, send_buffer);
		return true;
	case NN_RCVBUF:
		*offset = offsetof(struct kept, receive_buffer);
		return true;
	case NN_MAXTTL:
		*offset = offsetof(struct kept, hops);
		*most   = 255;
		return true;
	case NN_IPV4ONLY:
		*offset = offsetof(struct kept, only_v4);
		*least  = 0;
		*most   = 1;
		return true;
	default:
		return false;
	}
}

static bool
is_closed(nng_socket s)
{
	bool raw;
	return nng_socket_get_bool(s, NNG_OPT_RAW, &raw) != 0;
}

bool
nns_older_set(nng_socket s, int option, const void *value, size_t size, int *rv)
{
	size_t offset;
	int    number = 0, least, most;
	bool   sized = value != NULL && size == sizeof(int);

	if (is_closed(s)) {
		*rv = fail(EBADF);
		return true;
	}
	if (sized) {
		memcpy(&number, value, sizeof(number));
	}
	switch (option) {
	case NN_DOMAIN:
	case NN_PROTOCOL:
	case NN_SNDFD:
	case NN_RCVFD:
		*rv = fail(ENOPROTOOPT);
		return true;
	case NN_SNDTIMEO:
	case NN_RCVTIMEO:
		// Whatever is negative is for ever.
		*rv = !sized ? fail(EINVAL)
		             : outcome(nng_socket_set_ms(s, option == NN_SNDTIMEO ? NNG_OPT_SENDTIMEO : NNG_OPT_RECVTIMEO,
		                           number < 0 ? NNG_DURATION_INFINITE : number));
		return true;
	case NN_RECONNECT_IVL:
	case NN_RECONNECT_IVL_MAX:
		if (sized && number < 0) {
			*rv = fail(EINVAL);
			return true;
		}
		return false;
	case NN_SNDPRIO:
	case NN_RCVPRIO:
		// There is one priority, the default.
		*rv = !sized || number < 1 || number > LOWEST_PRIORITY ? fail(EINVAL)
		    : number == PRIORITY                               ? 0
		                                                       : fail(ENOPROTOOPT);
		return true;
	default:
		break;
	}
	if (!is_kept(option, &offset, &least, &most)) {
		return false;
	}
	if (!sized || number < least || number > most) {
		*rv = fail(EINVAL);
		return true;
	}
	access_kept((int) s.id, offset, &number);
	if (option == NN_MAXTTL) {
		// Patterns that have no hops do not care.
		nng_socket_set_int(s, NNG_OPT_MAXTTL, number < MOST_HOPS ? number : MOST_HOPS);
	}
	*rv = 0;
	return true;
}

// The length is that of the text, without its end.
static int
get_name(nng_socket s, char *value, size_t *size)
{
	char  *name;
	size_t length;
	int    rv = nng_socket_get_string(s, NNG_OPT_SOCKNAME, &name);

	if (rv != 0) {
		return outcome(rv);
	}
	length = strlen(name);
	memcpy(value, name, length + 1 < *size ? length + 1 : *size);
	*size = length;
	nng_strfree(name);
	return 0;
}

bool
nns_older_get(nng_socket s, int option, void *value, size_t *size, int *rv)
{
	size_t offset, named;
	int    number, least, most;

	if (is_closed(s)) {
		*rv = fail(EBADF);
		return true;
	}
	if (option == NN_SOCKET_NAME) {
		*rv = get_name(s, value, size);
		return true;
	}
	if (option == NN_SNDPRIO || option == NN_RCVPRIO) {
		number = PRIORITY;
	} else if (option == NN_RECONNECT_IVL || option == NN_RECONNECT_IVL_MAX) {
		named = sizeof(number);
		nng_socket_get(s, option == NN_RECONNECT_IVL ? NNG_OPT_RECONNMINT : NNG_OPT_RECONNMAXT, &number, &named);
	} else if (option == NN_SNDTIMEO || option == NN_RCVTIMEO) {
		named = sizeof(number);
		nng_socket_get(s, option == NN_SNDTIMEO ? NNG_OPT_SENDTIMEO : NNG_OPT_RECVTIMEO, &number, &named);
	} else if (is_kept(option, &offset, &least, &most)) {
		number = access_kept((int) s.id, offset, NULL);
	} else {
		return false;
	}
	memcpy(value, &number, *size < sizeof(number) ? *size : sizeof(number));
	*size = sizeof(number);
	*rv   = 0;
	return true;
}
