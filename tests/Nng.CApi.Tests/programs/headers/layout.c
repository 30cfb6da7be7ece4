// Sizes, offsets and constants: the same whichever headers this file is compiled with.
#include <stddef.h>
#include <stdio.h>

#include <nng/nng.h>

#include <nng/compat/nanomsg/bus.h>
#include <nng/compat/nanomsg/inproc.h>
#include <nng/compat/nanomsg/ipc.h>
#include <nng/compat/nanomsg/nn.h>
#include <nng/compat/nanomsg/pair.h>
#include <nng/compat/nanomsg/pipeline.h>
#include <nng/compat/nanomsg/pubsub.h>
#include <nng/compat/nanomsg/reqrep.h>
#include <nng/compat/nanomsg/survey.h>
#include <nng/compat/nanomsg/tcp.h>
#include <nng/compat/nanomsg/ws.h>
#include <nng/protocol/bus0/bus.h>
#include <nng/protocol/pair1/pair.h>
#include <nng/protocol/pubsub0/sub.h>
#include <nng/protocol/reqrep0/rep.h>
#include <nng/protocol/reqrep0/req.h>
#include <nng/protocol/survey0/respond.h>
#include <nng/protocol/survey0/survey.h>
#include <nng/supplemental/util/options.h>

#define SIZE(type) printf(#type " %zu %zu\n", sizeof(type), _Alignof(type))
#define FIELD(type, field) printf(#type "." #field " %zu %zu\n", offsetof(type, field), sizeof(((type *) 0)->field))
#define NUMBER(constant) printf(#constant " %lld\n", (long long) (constant))
#define TEXT(constant) printf(#constant " %s\n", constant)

int
main(void)
{
	SIZE(nng_socket);
	FIELD(nng_socket, id);
	SIZE(nng_ctx);
	FIELD(nng_ctx, id);
	SIZE(nng_dialer);
	FIELD(nng_dialer, id);
	SIZE(nng_listener);
	FIELD(nng_listener, id);
	SIZE(nng_pipe);
	FIELD(nng_pipe, id);
	SIZE(nng_iov);
	FIELD(nng_iov, iov_buf);
	FIELD(nng_iov, iov_len);
	SIZE(nng_sockaddr);
	FIELD(nng_sockaddr, s_family);
	FIELD(nng_sockaddr, s_ipc);
	FIELD(nng_sockaddr, s_inproc);
	FIELD(nng_sockaddr, s_in6);
	FIELD(nng_sockaddr, s_in);
	FIELD(nng_sockaddr, s_zt);
	FIELD(nng_sockaddr, s_abstract);
	FIELD(nng_sockaddr, s_storage);
	SIZE(nng_sockaddr_inproc);
	FIELD(nng_sockaddr_inproc, sa_family);
	FIELD(nng_sockaddr_inproc, sa_name);
	SIZE(nng_sockaddr_path);
	FIELD(nng_sockaddr_path, sa_family);
	FIELD(nng_sockaddr_path, sa_path);
	SIZE(nng_sockaddr_ipc);
	FIELD(nng_sockaddr_ipc, sa_family);
	FIELD(nng_sockaddr_ipc, sa_path);
	SIZE(nng_sockaddr_in);
	FIELD(nng_sockaddr_in, sa_family);
	FIELD(nng_sockaddr_in, sa_port);
	FIELD(nng_sockaddr_in, sa_addr);
	SIZE(nng_sockaddr_in6);
	FIELD(nng_sockaddr_in6, sa_family);
	FIELD(nng_sockaddr_in6, sa_port);
	FIELD(nng_sockaddr_in6, sa_addr);
	FIELD(nng_sockaddr_in6, sa_scope);
	SIZE(nng_sockaddr_zt);
	FIELD(nng_sockaddr_zt, sa_family);
	FIELD(nng_sockaddr_zt, sa_nwid);
	FIELD(nng_sockaddr_zt, sa_nodeid);
	FIELD(nng_sockaddr_zt, sa_port);
	SIZE(nng_sockaddr_abstract);
	FIELD(nng_sockaddr_abstract, sa_family);
	FIELD(nng_sockaddr_abstract, sa_len);
	FIELD(nng_sockaddr_abstract, sa_name);
	SIZE(nng_sockaddr_storage);
	FIELD(nng_sockaddr_storage, sa_family);
	FIELD(nng_sockaddr_storage, sa_pad);
	SIZE(nng_url);
	FIELD(nng_url, u_rawurl);
	FIELD(nng_url, u_scheme);
	FIELD(nng_url, u_userinfo);
	FIELD(nng_url, u_host);
	FIELD(nng_url, u_hostname);
	FIELD(nng_url, u_port);
	FIELD(nng_url, u_path);
	FIELD(nng_url, u_query);
	FIELD(nng_url, u_fragment);
	FIELD(nng_url, u_requri);
	SIZE(nng_optspec);
	FIELD(nng_optspec, o_name);
	FIELD(nng_optspec, o_short);
	FIELD(nng_optspec, o_val);
	FIELD(nng_optspec, o_arg);
	SIZE(struct nn_pollfd);
	FIELD(struct nn_pollfd, fd);
	FIELD(struct nn_pollfd, events);
	FIELD(struct nn_pollfd, revents);
	SIZE(struct nn_iovec);
	FIELD(struct nn_iovec, iov_base);
	FIELD(struct nn_iovec, iov_len);
	SIZE(struct nn_msghdr);
	FIELD(struct nn_msghdr, msg_iov);
	FIELD(struct nn_msghdr, msg_iovlen);
	FIELD(struct nn_msghdr, msg_control);
	FIELD(struct nn_msghdr, msg_controllen);
	SIZE(struct nn_cmsghdr);
	FIELD(struct nn_cmsghdr, cmsg_len);
	FIELD(struct nn_cmsghdr, cmsg_level);
	FIELD(struct nn_cmsghdr, cmsg_type);
	NUMBER(NNG_EINTR);
	NUMBER(NNG_ENOMEM);
	NUMBER(NNG_EINVAL);
	NUMBER(NNG_EBUSY);
	NUMBER(NNG_ETIMEDOUT);
	NUMBER(NNG_ECONNREFUSED);
	NUMBER(NNG_ECLOSED);
	NUMBER(NNG_EAGAIN);
	NUMBER(NNG_ENOTSUP);
	NUMBER(NNG_EADDRINUSE);
	NUMBER(NNG_ESTATE);
	NUMBER(NNG_ENOENT);
	NUMBER(NNG_EPROTO);
	NUMBER(NNG_EUNREACHABLE);
	NUMBER(NNG_EADDRINVAL);
	NUMBER(NNG_EPERM);
	NUMBER(NNG_EMSGSIZE);
	NUMBER(NNG_ECONNABORTED);
	NUMBER(NNG_ECONNRESET);
	NUMBER(NNG_ECANCELED);
	NUMBER(NNG_ENOFILES);
	NUMBER(NNG_ENOSPC);
	NUMBER(NNG_EEXIST);
	NUMBER(NNG_EREADONLY);
	NUMBER(NNG_EWRITEONLY);
	NUMBER(NNG_ECRYPTO);
	NUMBER(NNG_EPEERAUTH);
	NUMBER(NNG_ENOARG);
	NUMBER(NNG_EAMBIGUOUS);
	NUMBER(NNG_EBADTYPE);
	NUMBER(NNG_ECONNSHUT);
	NUMBER(NNG_EINTERNAL);
	NUMBER(NNG_ESYSERR);
	NUMBER(NNG_ETRANERR);
	NUMBER(NNG_FLAG_ALLOC);
	NUMBER(NNG_FLAG_NONBLOCK);
	NUMBER(NNG_DURATION_INFINITE);
	NUMBER(NNG_DURATION_DEFAULT);
	NUMBER(NNG_DURATION_ZERO);
	NUMBER(NNG_MAXADDRLEN);
	NUMBER(NNG_PIPE_EV_ADD_PRE);
	NUMBER(NNG_PIPE_EV_ADD_POST);
	NUMBER(NNG_PIPE_EV_REM_POST);
	NUMBER(NNG_PIPE_EV_NUM);
	NUMBER(NNG_STAT_SCOPE);
	NUMBER(NNG_STAT_LEVEL);
	NUMBER(NNG_STAT_COUNTER);
	NUMBER(NNG_STAT_STRING);
	NUMBER(NNG_STAT_BOOLEAN);
	NUMBER(NNG_STAT_ID);
	NUMBER(NNG_UNIT_NONE);
	NUMBER(NNG_UNIT_BYTES);
	NUMBER(NNG_UNIT_MESSAGES);
	NUMBER(NNG_UNIT_MILLIS);
	NUMBER(NNG_UNIT_EVENTS);
	NUMBER(NNG_AF_UNSPEC);
	NUMBER(NNG_AF_INPROC);
	NUMBER(NNG_AF_IPC);
	NUMBER(NNG_AF_INET);
	NUMBER(NNG_AF_INET6);
	NUMBER(NNG_AF_ZT);
	NUMBER(NNG_AF_ABSTRACT);
	NUMBER(NNG_REQ0_SELF);
	NUMBER(NNG_REQ0_PEER);
	NUMBER(NNG_REP0_SELF);
	NUMBER(NNG_REP0_PEER);
	NUMBER(NNG_SURVEYOR0_SELF);
	NUMBER(NNG_SURVEYOR0_PEER);
	NUMBER(NNG_RESPONDENT0_SELF);
	NUMBER(NNG_RESPONDENT0_PEER);
	NUMBER(NNG_PAIR1_SELF);
	NUMBER(NNG_PAIR1_PEER);
	NUMBER(NN_PAIR);
	NUMBER(NN_PUB);
	NUMBER(NN_SUB);
	NUMBER(NN_REQ);
	NUMBER(NN_REP);
	NUMBER(NN_PUSH);
	NUMBER(NN_PULL);
	NUMBER(NN_SURVEYOR);
	NUMBER(NN_RESPONDENT);
	NUMBER(NN_BUS);
	NUMBER(AF_SP);
	NUMBER(AF_SP_RAW);
	NUMBER(NN_SOL_SOCKET);
	NUMBER(NN_LINGER);
	NUMBER(NN_SNDBUF);
	NUMBER(NN_RCVBUF);
	NUMBER(NN_SNDTIMEO);
	NUMBER(NN_RCVTIMEO);
	NUMBER(NN_RECONNECT_IVL);
	NUMBER(NN_RECONNECT_IVL_MAX);
	NUMBER(NN_SNDPRIO);
	NUMBER(NN_RCVPRIO);
	NUMBER(NN_SNDFD);
	NUMBER(NN_RCVFD);
	NUMBER(NN_DOMAIN);
	NUMBER(NN_PROTOCOL);
	NUMBER(NN_IPV4ONLY);
	NUMBER(NN_SOCKET_NAME);
	NUMBER(NN_RCVMAXSIZE);
	NUMBER(NN_MAXTTL);
	NUMBER(NN_SUB_SUBSCRIBE);
	NUMBER(NN_SUB_UNSUBSCRIBE);
	NUMBER(NN_REQ_RESEND_IVL);
	NUMBER(NN_SURVEYOR_DEADLINE);
	NUMBER(NN_TCP_NODELAY);
	NUMBER(NN_WS_MSG_TYPE);
	NUMBER(NN_DONTWAIT);
	NUMBER(NN_POLLIN);
	NUMBER(NN_POLLOUT);
	NUMBER(PROTO_SP);
	NUMBER(SP_HDR);
	NUMBER(NN_SOCKADDR_MAX);
	NUMBER(ETERM);
	NUMBER(EFSM);
	NUMBER(NN_INPROC);
	NUMBER(NN_IPC);
	NUMBER(NN_TCP);
	NUMBER(NN_WS);
	NUMBER(NN_CMSG_SPACE(9));
	NUMBER(NN_CMSG_LEN(9));
	TEXT(NNG_OPT_SOCKNAME);
	TEXT(NNG_OPT_RAW);
	TEXT(NNG_OPT_PROTO);
	TEXT(NNG_OPT_PROTONAME);
	TEXT(NNG_OPT_PEER);
	TEXT(NNG_OPT_PEERNAME);
	TEXT(NNG_OPT_RECVBUF);
	TEXT(NNG_OPT_SENDBUF);
	TEXT(NNG_OPT_RECVFD);
	TEXT(NNG_OPT_SENDFD);
	TEXT(NNG_OPT_RECVTIMEO);
	TEXT(NNG_OPT_SENDTIMEO);
	TEXT(NNG_OPT_LOCADDR);
	TEXT(NNG_OPT_REMADDR);
	TEXT(NNG_OPT_URL);
	TEXT(NNG_OPT_MAXTTL);
	TEXT(NNG_OPT_RECVMAXSZ);
	TEXT(NNG_OPT_RECONNMINT);
	TEXT(NNG_OPT_RECONNMAXT);
	TEXT(NNG_OPT_TLS_CONFIG);
	TEXT(NNG_OPT_TLS_AUTH_MODE);
	TEXT(NNG_OPT_TLS_CERT_KEY_FILE);
	TEXT(NNG_OPT_TLS_CA_FILE);
	TEXT(NNG_OPT_TLS_SERVER_NAME);
	TEXT(NNG_OPT_TLS_VERIFIED);
	TEXT(NNG_OPT_TCP_NODELAY);
	TEXT(NNG_OPT_TCP_KEEPALIVE);
	TEXT(NNG_OPT_TCP_BOUND_PORT);
	TEXT(NNG_OPT_IPC_PERMISSIONS);
	TEXT(NNG_OPT_IPC_PEER_UID);
	TEXT(NNG_OPT_IPC_PEER_GID);
	TEXT(NNG_OPT_IPC_PEER_PID);
	TEXT(NNG_OPT_IPC_PEER_ZONEID);
	TEXT(NNG_OPT_WS_REQUEST_HEADERS);
	TEXT(NNG_OPT_WS_RESPONSE_HEADERS);
	TEXT(NNG_OPT_WS_REQUEST_HEADER);
	TEXT(NNG_OPT_WS_RESPONSE_HEADER);
	TEXT(NNG_OPT_WS_REQUEST_URI);
	TEXT(NNG_OPT_WS_SENDMAXFRAME);
	TEXT(NNG_OPT_WS_RECVMAXFRAME);
	TEXT(NNG_OPT_WS_PROTOCOL);
	TEXT(NNG_OPT_WS_SEND_TEXT);
	TEXT(NNG_OPT_WS_RECV_TEXT);
	TEXT(NNG_OPT_SUB_SUBSCRIBE);
	TEXT(NNG_OPT_SUB_UNSUBSCRIBE);
	TEXT(NNG_OPT_SUB_PREFNEW);
	TEXT(NNG_OPT_REQ_RESENDTIME);
	TEXT(NNG_OPT_SURVEYOR_SURVEYTIME);
	TEXT(NNG_OPT_PAIR1_POLY);
	TEXT(NNG_REQ0_SELF_NAME);
	TEXT(NNG_REP0_PEER_NAME);
	return 0;
}
