#ifndef NNG_COMPAT_NANOMSG_WS_H
#define NNG_COMPAT_NANOMSG_WS_H

#include <nng/compat/nanomsg/nn.h>

#define NN_WS (-4)

#define NN_WS_MSG_TYPE 1

#define NN_WS_MSG_TYPE_TEXT 1
#define NN_WS_MSG_TYPE_BINARY 2

#endif
