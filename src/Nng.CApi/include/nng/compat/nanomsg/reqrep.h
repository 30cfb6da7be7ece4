#ifndef NNG_COMPAT_NANOMSG_REQREP_H
#define NNG_COMPAT_NANOMSG_REQREP_H

#include <nng/compat/nanomsg/nn.h>

#define NN_PROTO_REQREP 3

#define NN_REQ 48
#define NN_REP 49

#define NN_REQ_RESEND_IVL 769

#endif
