// Sockets, contexts, dialers, listeners, pipes.
#include "shim.h"

extern int  nngm_open(int protocol, int mode, uint32_t *id);
extern int  nngm_socket_close(uint32_t id);
extern int  nngm_socket_identity(uint32_t id, uint16_t *self, uint16_t *peer, int *raw);
extern int  nngm_socket_topic(uint32_t id, const void *topic, size_t length, int add);
extern int  nngm_pipe_notify(uint32_t id, int what, nng_pipe_cb callback, void *argument);
extern int  nngm_listen(uint32_t id, const char *url, uint32_t *listener);
extern int  nngm_dial(uint32_t id, const char *url, uint32_t *dialer, int flags);
extern int  nngm_send(uint32_t id, void *bytes, size_t length, int flags);
extern int  nngm_recv(uint32_t id, void *target, size_t *length, int flags);
extern int  nngm_sendmsg(uint32_t id, nng_msg *message, int flags);
extern int  nngm_recvmsg(uint32_t id, nng_msg **message, int flags);
extern void nngm_sock_send(uint32_t id, nng_aio *aio);
extern void nngm_sock_recv(uint32_t id, nng_aio *aio);
extern int  nngm_device(uint32_t first, uint32_t second);
extern void nngm_device_aio(nng_aio *aio, uint32_t first, uint32_t second);
extern int  nngm_ctx_open(uint32_t *id, uint32_t socket);
extern int  nngm_ctx_close(uint32_t id);
extern int  nngm_ctx_topic(uint32_t id, const void *topic, size_t length, int add);
extern void nngm_ctx_send(uint32_t id, nng_aio *aio);
extern void nngm_ctx_recv(uint32_t id, nng_aio *aio);
extern int  nngm_ctx_sendmsg(uint32_t id, nng_msg *message, int flags);
extern int  nngm_ctx_recvmsg(uint32_t id, nng_msg **message, int flags);
extern int  nngm_dialer_create(uint32_t *id, uint32_t socket, const char *url);
extern int  nngm_dialer_start(uint32_t id, int flags);
extern int  nngm_dialer_close(uint32_t id);
extern int  nngm_dialer_url(uint32_t id, const nng_url **url);
extern int  nngm_listener_create(uint32_t *id, uint32_t socket, const char *url);
extern int  nngm_listener_start(uint32_t id);
extern int  nngm_listener_close(uint32_t id);
extern int  nngm_listener_url(uint32_t id, const nng_url **url);
extern int  nngm_pipe_close(uint32_t id);
extern uint32_t nngm_pipe_socket(uint32_t id);
extern uint32_t nngm_pipe_dialer(uint32_t id);
extern uint32_t nngm_pipe_listener(uint32_t id);

enum { COOKED, RAW, POLYAMOROUS };

static int
open_socket(nng_socket *out, int protocol, int mode)
{
	if (out == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_open(protocol, mode, &out->id);
}

#define OPEN(name, protocol)                              \
	EXPORT int name(nng_socket *out)                  \
	{                                                 \
		return open_socket(out, protocol, COOKED); \
	}                                                 \
	EXPORT int name##_raw(nng_socket *out)            \
	{                                                 \
		return open_socket(out, protocol, RAW);   \
	}

OPEN(nng_pair0_open, 0x10)
OPEN(nng_pair1_open, 0x11)
OPEN(nng_pub0_open, 0x20)
OPEN(nng_sub0_open, 0x21)
OPEN(nng_req0_open, 0x30)
OPEN(nng_rep0_open, 0x31)
OPEN(nng_push0_open, 0x50)
OPEN(nng_pull0_open, 0x51)
OPEN(nng_surveyor0_open, 0x62)
OPEN(nng_respondent0_open, 0x63)
OPEN(nng_bus0_open, 0x70)

EXPORT int
nng_pair1_open_poly(nng_socket *out)
{
	return open_socket(out, 0x11, POLYAMOROUS);
}

EXPORT int
nng_socket_close(nng_socket s)
{
	int rv;

	enter();
	if ((rv = nngm_socket_close(s.id)) == 0) {
		nns_endpoints_forget((int) s.id);
	}
	return rv;
}

EXPORT int
nng_close(nng_socket s)
{
	return nng_socket_close(s);
}

static const char *
protocol_name(uint16_t number)
{
	switch (number) {
	case 0x10:
		return "pair";
	case 0x11:
		return "pair1";
	case 0x20:
		return "pub";
	case 0x21:
		return "sub";
	case 0x30:
		return "req";
	case 0x31:
		return "rep";
	case 0x50:
		return "push";
	case 0x51:
		return "pull";
	case 0x62:
		return "surveyor";
	case 0x63:
		return "respondent";
	default:
		return "bus";
	}
}

static int
identity(nng_socket s, uint16_t *self, uint16_t *peer, bool *raw)
{
	uint16_t own, other;
	int      is_raw, rv;

	if (self == NULL || peer == NULL || raw == NULL) {
		return NNG_EINVAL;
	}
	enter();
	if ((rv = nngm_socket_identity(s.id, &own, &other, &is_raw)) == 0) {
		*self = own;
		*peer = other;
		*raw  = is_raw != 0;
	}
	return rv;
}

EXPORT int
nng_socket_proto_id(nng_socket s, uint16_t *id)
{
	uint16_t peer;
	bool     raw;
	return identity(s, id, &peer, &raw);
}

EXPORT int
nng_socket_peer_id(nng_socket s, uint16_t *id)
{
	uint16_t self;
	bool     raw;
	return identity(s, &self, id, &raw);
}

EXPORT int
nng_socket_proto_name(nng_socket s, const char **name)
{
	uint16_t self, peer;
	bool     raw;
	int      rv = identity(s, &self, &peer, &raw);

	if (name == NULL) {
		return NNG_EINVAL;
	}
	if (rv == 0) {
		*name = protocol_name(self);
	}
	return rv;
}

EXPORT int
nng_socket_peer_name(nng_socket s, const char **name)
{
	uint16_t self, peer;
	bool     raw;
	int      rv = identity(s, &self, &peer, &raw);

	if (name == NULL) {
		return NNG_EINVAL;
	}
	if (rv == 0) {
		*name = protocol_name(peer);
	}
	return rv;
}

EXPORT int
nng_socket_raw(nng_socket s, bool *raw)
{
	uint16_t self, peer;
	return identity(s, &self, &peer, raw);
}

#define ID(name, type)                                        \
	EXPORT int name(type object)                          \
	{                                                     \
		int id = (int) object.id;                     \
		return id > 0 ? id : -1;                      \
	}

ID(nng_socket_id, nng_socket)
ID(nng_ctx_id, nng_ctx)
ID(nng_dialer_id, nng_dialer)
ID(nng_listener_id, nng_listener)
ID(nng_pipe_id, nng_pipe)

EXPORT int
nng_sub0_socket_subscribe(nng_socket s, const void *topic, size_t length)
{
	enter();
	return nngm_socket_topic(s.id, topic, length, 1);
}

EXPORT int
nng_sub0_socket_unsubscribe(nng_socket s, const void *topic, size_t length)
{
	enter();
	return nngm_socket_topic(s.id, topic, length, 0);
}

EXPORT int
nng_sub0_ctx_subscribe(nng_ctx c, const void *topic, size_t length)
{
	enter();
	return nngm_ctx_topic(c.id, topic, length, 1);
}

EXPORT int
nng_sub0_ctx_unsubscribe(nng_ctx c, const void *topic, size_t length)
{
	enter();
	return nngm_ctx_topic(c.id, topic, length, 0);
}

EXPORT int
nng_pipe_notify(nng_socket s, nng_pipe_ev what, nng_pipe_cb callback, void *argument)
{
	enter();
	return nngm_pipe_notify(s.id, (int) what, callback, argument);
}

EXPORT int
nng_listen(nng_socket s, const char *url, nng_listener *out, int flags)
{
	(void) flags;
	if (url == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_listen(s.id, url, out == NULL ? NULL : &out->id);
}

EXPORT int
nng_dial(nng_socket s, const char *url, nng_dialer *out, int flags)
{
	if (url == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_dial(s.id, url, out == NULL ? NULL : &out->id, flags);
}

EXPORT int
nng_send(nng_socket s, void *bytes, size_t length, int flags)
{
	if (bytes == NULL && length != 0) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_send(s.id, bytes, length, flags);
}

EXPORT int
nng_recv(nng_socket s, void *target, size_t *length, int flags)
{
	if (length == NULL || (target == NULL && ((flags & NNG_FLAG_ALLOC) != 0 || *length != 0))) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_recv(s.id, target, length, flags);
}

EXPORT int
nng_sendmsg(nng_socket s, nng_msg *message, int flags)
{
	if (message == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_sendmsg(s.id, message, flags);
}

EXPORT int
nng_recvmsg(nng_socket s, nng_msg **out, int flags)
{
	if (out == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_recvmsg(s.id, out, flags);
}

EXPORT void
nng_sock_send(nng_socket s, nng_aio *aio)
{
	enter();
	nngm_sock_send(s.id, aio);
}

EXPORT void
nng_send_aio(nng_socket s, nng_aio *aio)
{
	nng_sock_send(s, aio);
}

EXPORT void
nng_sock_recv(nng_socket s, nng_aio *aio)
{
	enter();
	nngm_sock_recv(s.id, aio);
}

EXPORT void
nng_recv_aio(nng_socket s, nng_aio *aio)
{
	nng_sock_recv(s, aio);
}

EXPORT int
nng_device(nng_socket first, nng_socket second)
{
	enter();
	return nngm_device(first.id, second.id);
}

EXPORT void
nng_device_aio(nng_aio *aio, nng_socket first, nng_socket second)
{
	enter();
	nngm_device_aio(aio, first.id, second.id);
}

EXPORT int
nng_ctx_open(nng_ctx *out, nng_socket s)
{
	if (out == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_ctx_open(&out->id, s.id);
}

EXPORT int
nng_ctx_close(nng_ctx c)
{
	enter();
	return nngm_ctx_close(c.id);
}

EXPORT void
nng_ctx_send(nng_ctx c, nng_aio *aio)
{
	enter();
	nngm_ctx_send(c.id, aio);
}

EXPORT void
nng_ctx_recv(nng_ctx c, nng_aio *aio)
{
	enter();
	nngm_ctx_recv(c.id, aio);
}

EXPORT int
nng_ctx_sendmsg(nng_ctx c, nng_msg *message, int flags)
{
	if (message == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_ctx_sendmsg(c.id, message, flags);
}

EXPORT int
nng_ctx_recvmsg(nng_ctx c, nng_msg **out, int flags)
{
	if (out == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_ctx_recvmsg(c.id, out, flags);
}

EXPORT int
nng_dialer_create(nng_dialer *out, nng_socket s, const char *url)
{
	if (out == NULL || url == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_dialer_create(&out->id, s.id, url);
}

EXPORT int
nng_dialer_start(nng_dialer d, int flags)
{
	enter();
	return nngm_dialer_start(d.id, flags);
}

EXPORT int
nng_dialer_close(nng_dialer d)
{
	enter();
	return nngm_dialer_close(d.id);
}

EXPORT int
nng_dialer_get_url(nng_dialer d, const nng_url **out)
{
	if (out == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_dialer_url(d.id, out);
}

EXPORT int
nng_listener_create(nng_listener *out, nng_socket s, const char *url)
{
	if (out == NULL || url == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_listener_create(&out->id, s.id, url);
}

EXPORT int
nng_listener_start(nng_listener l, int flags)
{
	(void) flags;
	enter();
	return nngm_listener_start(l.id);
}

EXPORT int
nng_listener_close(nng_listener l)
{
	enter();
	return nngm_listener_close(l.id);
}

EXPORT int
nng_listener_get_url(nng_listener l, const nng_url **out)
{
	if (out == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_listener_url(l.id, out);
}

EXPORT int
nng_pipe_close(nng_pipe p)
{
	enter();
	return nngm_pipe_close(p.id);
}

EXPORT nng_socket
nng_pipe_socket(nng_pipe p)
{
	nng_socket s;
	enter();
	s.id = nngm_pipe_socket(p.id);
	return s;
}

EXPORT nng_dialer
nng_pipe_dialer(nng_pipe p)
{
	nng_dialer d;
	enter();
	d.id = nngm_pipe_dialer(p.id);
	return d;
}

EXPORT nng_listener
nng_pipe_listener(nng_pipe p)
{
	nng_listener l;
	enter();
	l.id = nngm_pipe_listener(p.id);
	return l;
}
