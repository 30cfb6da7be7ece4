#ifndef NNG_TRANSPORT_TLS_TLS_H
#define NNG_TRANSPORT_TLS_TLS_H

#include <nng/nng.h>

#ifdef __cplusplus
extern "C" {
#endif

NNG_DECL int nng_tls_register(void);

#ifdef __cplusplus
}
#endif

#endif
