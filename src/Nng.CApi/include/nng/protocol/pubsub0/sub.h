#ifndef NNG_PROTOCOL_PUBSUB0_SUB_H
#define NNG_PROTOCOL_PUBSUB0_SUB_H

#include <nng/nng.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NNG_OPT_SUB_SUBSCRIBE "sub:subscribe"
#define NNG_OPT_SUB_UNSUBSCRIBE "sub:unsubscribe"
#define NNG_OPT_SUB_PREFNEW "sub:prefnew"

NNG_DECL int nng_sub0_open(nng_socket*);
NNG_DECL int nng_sub0_open_raw(nng_socket*);
NNG_DECL int nng_sub0_socket_subscribe(nng_socket, const void*, size_t);
NNG_DECL int nng_sub0_socket_unsubscribe(nng_socket, const void*, size_t);
NNG_DECL int nng_sub0_ctx_subscribe(nng_ctx, const void*, size_t);
NNG_DECL int nng_sub0_ctx_unsubscribe(nng_ctx, const void*, size_t);

#ifndef nng_sub_open
#define nng_sub_open nng_sub0_open
#endif

#ifndef nng_sub_open_raw
#define nng_sub_open_raw nng_sub0_open_raw
#endif

#ifdef __cplusplus
}
#endif

#endif
