#ifndef NNG_COMPAT_NANOMSG_IPC_H
#define NNG_COMPAT_NANOMSG_IPC_H

#include <nng/compat/nanomsg/nn.h>

#define NN_IPC (-2)

#define NN_IPC_SEC_ATTR 1
#define NN_IPC_OUTBUFSZ 2
#define NN_IPC_INBUFSZ 3

#endif
