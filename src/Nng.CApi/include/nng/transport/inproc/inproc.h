#ifndef NNG_TRANSPORT_INPROC_INPROC_H
#define NNG_TRANSPORT_INPROC_INPROC_H

#include <nng/nng.h>

#ifdef __cplusplus
extern "C" {
#endif

// Always there; kept for programs that include it.

#ifdef __cplusplus
}
#endif

#endif
