#ifndef NNG_SUPPLEMENTAL_UTIL_PLATFORM_H
#define NNG_SUPPLEMENTAL_UTIL_PLATFORM_H

#include <nng/nng.h>

#ifdef __cplusplus
extern "C" {
#endif

// What was declared here is in nng.h.

#ifdef __cplusplus
}
#endif

#endif
