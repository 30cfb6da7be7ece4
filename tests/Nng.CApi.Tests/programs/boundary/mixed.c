// Both interfaces, nng_ and nn_, on one socket: nn_shutdown closes an endpoint of its socket, whoever made it, and no other.
#include "../check.h"

#include <nng/compat/nanomsg/nn.h>
#include <nng/compat/nanomsg/pair.h>

#define SHOW_NN(call)                                                       \
	do {                                                                \
		int rv_ = (call);                                           \
		printf("%s: %d, %s\n", #call, rv_, rv_ < 0 ? nn_strerror(nn_errno()) : "none"); \
	} while (0)

static nng_socket
native(int s)
{
	return (nng_socket) { (uint32_t) s };
}

int
main(void)
{
	int          a = nn_socket(AF_SP, NN_PAIR), b = nn_socket(AF_SP, NN_PAIR), dial, listen;
	const char * url = scratch("inproc"), *other = scratch("inproc");
	nng_dialer   d;
	nng_listener l;

	MUST((listen = nn_bind(b, url)) > 0);
	MUST((dial = nn_connect(a, other)) > 0);
	// The two kinds are counted apart.
	MUST(dial == listen);
	SHOW_NN(nn_shutdown(a, dial));
	SHOW_NN(nn_shutdown(a, dial));
	SHOW_NN(nn_shutdown(12345, listen));
	SHOW_NN(nn_shutdown(-1, listen));
	// It listens still.
	SHOW(nng_dial(native(a), url, &d, 0));
	SHOW_NN(nn_shutdown(b, (int) d.id));
	SHOW_NN(nn_shutdown(a, (int) d.id));
	SHOW_NN(nn_shutdown(b, listen));
	SHOW_NN(nn_shutdown(b, listen));

	// What the native interface has made, and what it closes.
	SHOW(nng_listen(native(b), other, &l, 0));
	SHOW_NN(nn_shutdown(a, (int) l.id));
	SHOW_NN(nn_shutdown(b, (int) l.id));
	MUST((listen = nn_bind(b, url)) > 0);
	SHOW(nng_close(native(b)));
	SHOW_NN(nn_shutdown(b, listen));
	SHOW_NN(nn_close(b));
	SHOW_NN(nn_close(a));
	return 0;
}
