#ifndef NNG_COMPAT_NANOMSG_PAIR_H
#define NNG_COMPAT_NANOMSG_PAIR_H

#include <nng/compat/nanomsg/nn.h>

#define NN_PROTO_PAIR 1

#define NN_PAIR 16
#define NN_PAIR_v0 16
#define NN_PAIR_V1 17

#endif
