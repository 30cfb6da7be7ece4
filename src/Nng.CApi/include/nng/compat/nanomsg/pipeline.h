#ifndef NNG_COMPAT_NANOMSG_PIPELINE_H
#define NNG_COMPAT_NANOMSG_PIPELINE_H

#include <nng/compat/nanomsg/nn.h>

#define NN_PROTO_PIPELINE 5

#define NN_PUSH 80
#define NN_PULL 81

#endif
