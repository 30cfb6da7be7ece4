#ifndef NNG_COMPAT_NANOMSG_INPROC_H
#define NNG_COMPAT_NANOMSG_INPROC_H

#include <nng/compat/nanomsg/nn.h>

#define NN_INPROC (-1)

#endif
