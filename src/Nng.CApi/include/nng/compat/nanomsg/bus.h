#ifndef NNG_COMPAT_NANOMSG_BUS_H
#define NNG_COMPAT_NANOMSG_BUS_H

#include <nng/compat/nanomsg/nn.h>

#define NN_PROTO_BUS 7

#define NN_BUS 112

#endif
