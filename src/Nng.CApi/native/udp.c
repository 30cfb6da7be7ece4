// UDP sockets.
#include "shim.h"

extern int  nngm_udp_open(nng_udp **out, const nng_sockaddr *local);
extern void nngm_udp_close(nng_udp *udp);
extern int  nngm_udp_sockname(nng_udp *udp, nng_sockaddr *local);
extern void nngm_udp_send(nng_udp *udp, nng_aio *aio);
extern void nngm_udp_recv(nng_udp *udp, nng_aio *aio);
extern int  nngm_udp_membership(nng_udp *udp, const nng_sockaddr *group, int join);

EXPORT int
nng_udp_open(nng_udp **out, nng_sockaddr *local)
{
	if (out == NULL || local == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_udp_open(out, local);
}

EXPORT void
nng_udp_close(nng_udp *udp)
{
	if (udp != NULL) {
		enter();
		nngm_udp_close(udp);
	}
}

EXPORT int
nng_udp_sockname(nng_udp *udp, nng_sockaddr *local)
{
	if (local == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_udp_sockname(udp, local);
}

EXPORT void
nng_udp_send(nng_udp *udp, nng_aio *aio)
{
	enter();
	nngm_udp_send(udp, aio);
}

EXPORT void
nng_udp_recv(nng_udp *udp, nng_aio *aio)
{
	enter();
	nngm_udp_recv(udp, aio);
}

EXPORT int
nng_udp_multicast_membership(nng_udp *udp, nng_sockaddr *group, bool join)
{
	if (group == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_udp_membership(udp, group, join);
}
