#ifndef NNG_COMPAT_NANOMSG_TCP_H
#define NNG_COMPAT_NANOMSG_TCP_H

#include <nng/compat/nanomsg/nn.h>

#define NN_TCP (-3)

#define NN_TCP_NODELAY 1

#endif
