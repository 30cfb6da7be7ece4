#ifndef NNG_TRANSPORT_IPC_IPC_H
#define NNG_TRANSPORT_IPC_IPC_H

#include <nng/nng.h>

#ifdef __cplusplus
extern "C" {
#endif

NNG_DECL int nng_ipc_register(void);

#ifdef __cplusplus
}
#endif

#endif
