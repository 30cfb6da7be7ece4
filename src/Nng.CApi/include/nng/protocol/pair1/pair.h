#ifndef NNG_PROTOCOL_PAIR1_PAIR_H
#define NNG_PROTOCOL_PAIR1_PAIR_H

#include <nng/nng.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NNG_PAIR1_SELF 0x11
#define NNG_PAIR1_PEER 0x11
#define NNG_PAIR1_SELF_NAME "pair1"
#define NNG_PAIR1_PEER_NAME "pair1"

#define NNG_OPT_PAIR1_POLY "pair1:polyamorous"

NNG_DECL int nng_pair1_open(nng_socket*);
NNG_DECL int nng_pair1_open_raw(nng_socket*);
NNG_DECL int nng_pair1_open_poly(nng_socket*);

#ifndef nng_pair_open
#define nng_pair_open nng_pair1_open
#endif

#ifndef nng_pair_open_raw
#define nng_pair_open_raw nng_pair1_open_raw
#endif

#ifdef __cplusplus
}
#endif

#endif
