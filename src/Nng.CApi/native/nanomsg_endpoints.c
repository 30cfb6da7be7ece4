// Which endpoints the nanomsg interface has made. The native interface counts dialers and listeners apart and over all sockets;
// here an id means one endpoint of its socket.
#include "nanomsg.h"
#ifndef NNG_LIBNANOMSG
#include "shim.h"
#endif

#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>

struct endpoint {
	int  socket;
	int  id;
	bool listens;
};

static pthread_mutex_t  lock = PTHREAD_MUTEX_INITIALIZER;
static struct endpoint *endpoints;
static size_t           count, room;

// Both under the lock.
static size_t
find(int socket, int id)
{
	size_t i = 0;

	while (i < count && (endpoints[i].socket != socket || endpoints[i].id != id)) {
		i++;
	}
	return i;
}

static int
add(int socket, int id, bool listens)
{
	struct endpoint *larger;

	if (count == room) {
		size_t more = room == 0 ? 16 : room * 2;
		if ((larger = realloc(endpoints, more * sizeof(*larger))) == NULL) {
			return NNG_ENOMEM;
		}
		endpoints = larger;
		room      = more;
	}
	endpoints[count++] = (struct endpoint){ socket, id, listens };
	return 0;
}

static int
close_endpoint(int id, bool listens)
{
	nng_dialer   d = { (uint32_t) id };
	nng_listener l = { (uint32_t) id };

	return listens ? nng_listener_close(l) : nng_dialer_close(d);
}

#ifdef NNG_LIBNANOMSG
// Creates from an address of the older library's.
static int
create(int socket, const char *url, bool listens, int *id)
{
	char         room[NN_SOCKADDR_MAX + INET_ADDRSTRLEN];
	nng_sockaddr local = { .s_family = NNG_AF_UNSPEC };
	nng_dialer   d;
	nng_listener l;
	int          rv = listens ? nns_older_listen_url(&url, room, sizeof(room))
	                          : nns_older_dial_url(&url, room, sizeof(room), &local);

	if (rv != 0) {
		return NNG_ESYSERR + rv;
	}
	rv  = listens ? nng_listener_create(&l, socket_of(socket), url) : nng_dialer_create(&d, socket_of(socket), url);
	*id = rv != 0 ? -1 : (int) (listens ? l.id : d.id);
	if (rv == 0 && local.s_family != NNG_AF_UNSPEC && (rv = nng_dialer_set_addr(d, NNG_OPT_LOCADDR, &local)) != 0) {
		nng_dialer_close(d);
	}
	return rv;
}

// The older library's endpoints are all made here.
static int
close_native(int socket, int id)
{
	(void) socket;
	(void) id;
	return NNG_ENOENT;
}
#else
extern uint32_t nngm_endpoint_socket(uint32_t id, int listens);

static int
create(int socket, const char *url, bool listens, int *id)
{
	nng_dialer   d;
	nng_listener l;
	int rv = listens ? nng_listener_create(&l, socket_of(socket), url) : nng_dialer_create(&d, socket_of(socket), url);

	*id = rv != 0 ? -1 : (int) (listens ? l.id : d.id);
	return rv;
}

// An endpoint of the socket that the native interface has made.
static int
close_native(int socket, int id)
{
	enter();
	for (int listens = 0; listens <= 1; listens++) {
		if (socket > 0 && nngm_endpoint_socket((uint32_t) id, listens) == (uint32_t) socket) {
			return close_endpoint(id, listens);
		}
	}
	return NNG_ENOENT;
}
#endif

static int
start(int id, bool listens)
{
	nng_dialer   d = { (uint32_t) id };
	nng_listener l = { (uint32_t) id };

	return listens ? nng_listener_start(l, 0) : nng_dialer_start(d, NNG_FLAG_NONBLOCK);
}

int
nns_endpoint_make(int socket, const char *url, bool listens, int *id)
{
	int  made, rv;
	bool known;

	if ((rv = create(socket, url, listens, &made)) != 0) {
		return rv;
	}
	pthread_mutex_lock(&lock);
	known = find(socket, made) < count;
	rv    = known ? 0 : add(socket, made, listens);
	pthread_mutex_unlock(&lock);
	if (known) {
		// An endpoint of the other kind has this number: the next one is taken while this one is held.
		rv = nns_endpoint_make(socket, url, listens, id);
		close_endpoint(made, listens);
		return rv;
	}
	if (rv == 0 && (rv = start(made, listens)) == 0) {
		*id = made;
		return 0;
	}
	close_endpoint(made, listens);
	nns_endpoint_take(socket, made, &listens);
	return rv;
}

bool
nns_endpoint_take(int socket, int id, bool *listens)
{
	size_t i;
	bool   found;

	pthread_mutex_lock(&lock);
	i     = find(socket, id);
	found = i < count;
	if (found) {
		*listens     = endpoints[i].listens;
		endpoints[i] = endpoints[--count];
	}
	pthread_mutex_unlock(&lock);
	return found;
}

int
nns_endpoint_close(int socket, int id)
{
	bool listens;

	return nns_endpoint_take(socket, id, &listens) ? close_endpoint(id, listens) : close_native(socket, id);
}

void
nns_endpoints_forget(int socket)
{
	pthread_mutex_lock(&lock);
	for (size_t i = count; i-- > 0;) {
		if (socket < 0 || endpoints[i].socket == socket) {
			endpoints[i] = endpoints[--count];
		}
	}
	pthread_mutex_unlock(&lock);
}
