#ifndef NNG_COMPAT_NANOMSG_PUBSUB_H
#define NNG_COMPAT_NANOMSG_PUBSUB_H

#include <nng/compat/nanomsg/nn.h>

#define NN_PROTO_PUBSUB 2

#define NN_PUB 32
#define NN_SUB 33

#define NN_SUB_SUBSCRIBE 529
#define NN_SUB_UNSUBSCRIBE 530

#endif
