#ifndef NNG_TRANSPORT_TCP_TCP_H
#define NNG_TRANSPORT_TCP_TCP_H

#include <nng/nng.h>

#ifdef __cplusplus
extern "C" {
#endif

// Always there; kept for programs that include it.

#ifdef __cplusplus
}
#endif

#endif
