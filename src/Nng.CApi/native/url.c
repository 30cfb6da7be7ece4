// URLs, as plain structs on the C heap, and addresses as text.
#include "shim.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern int nngm_url_parse(nng_url **out, const char *text);

EXPORT int
nng_url_parse(nng_url **out, const char *text)
{
	if (out == NULL || text == NULL) {
		return NNG_EINVAL;
	}
	enter();
	return nngm_url_parse(out, text);
}

// The ten members are the struct: pointers, one after another.
enum { MEMBERS = sizeof(nng_url) / sizeof(char *) };

EXPORT void
nng_url_free(nng_url *url)
{
	char **member = (char **) url;

	if (url == NULL) {
		return;
	}
	for (int i = 0; i < MEMBERS; i++) {
		free(member[i]);
	}
	free(url);
}

EXPORT int
nng_url_clone(nng_url **out, const nng_url *source)
{
	char *const *from = (char *const *) source;
	char **      to;

	if (out == NULL || source == NULL) {
		return NNG_EINVAL;
	}
	if ((to = calloc(MEMBERS, sizeof(char *))) == NULL) {
		return NNG_ENOMEM;
	}
	for (int i = 0; i < MEMBERS; i++) {
		if (from[i] != NULL && (to[i] = strdup(from[i])) == NULL) {
			nng_url_free((nng_url *) to);
			return NNG_ENOMEM;
		}
	}
	*out = (nng_url *) to;
	return 0;
}

// Whether the members are what the text says.
static bool
is_untouched(const nng_url *url)
{
	char *const *now = (char *const *) url, *const *fresh;
	nng_url *    parsed;
	bool         same = true;

	if (url->u_rawurl == NULL || nng_url_parse(&parsed, url->u_rawurl) != 0) {
		return false;
	}
	fresh = (char *const *) parsed;
	for (int i = 0; i < MEMBERS; i++) {
		same = same && (now[i] == NULL || fresh[i] == NULL ? now[i] == fresh[i] : strcmp(now[i], fresh[i]) == 0);
	}
	nng_url_free(parsed);
	return same;
}

static const char *
or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

char *
nngs_url_text(const nng_url *url, url_use use)
{
	const char *scheme = or_empty(url->u_scheme), *host = or_empty(url->u_hostname), *port = or_empty(url->u_port);
	const char *target  = or_empty(url->u_requri != NULL && use != URL_LISTEN ? url->u_requri : url->u_path);
	bool        is_ipv6 = strchr(host, ':') != NULL;
	char *      text;
	int         length;

	if (is_untouched(url)) {
		return strdup(url->u_rawurl);
	}
	if (url->u_hostname == NULL) {
		length = asprintf(&text, "%s://%s", scheme, or_empty(url->u_path));
	} else if (use == URL_REQUEST) {
		length = asprintf(&text, "%s://%s%s", scheme, or_empty(url->u_host), target);
	} else {
		length = asprintf(&text, "%s://%s%s%s%s%s%s", scheme, is_ipv6 ? "[" : "", host, is_ipv6 ? "]" : "",
		    *port != '\0' ? ":" : "", port, target);
	}
	return length < 0 ? NULL : text;
}

EXPORT const char *
nng_str_sockaddr(const nng_sockaddr *address, char *buffer, size_t size)
{
	char text[INET6_ADDRSTRLEN];

	if (address == NULL || buffer == NULL) {
		return "unknown";
	}
	switch (address->s_family) {
	case NNG_AF_INPROC:
		snprintf(buffer, size, "inproc[%.*s]", NNG_MAXADDRLEN, address->s_inproc.sa_name);
		break;
	case NNG_AF_IPC:
		snprintf(buffer, size, "%.*s", NNG_MAXADDRLEN, address->s_ipc.sa_path);
		break;
	case NNG_AF_INET:
		inet_ntop(AF_INET, &address->s_in.sa_addr, text, sizeof(text));
		snprintf(buffer, size, "%s:%u", text, ntohs(address->s_in.sa_port));
		break;
	case NNG_AF_INET6:
		inet_ntop(AF_INET6, address->s_in6.sa_addr, text, sizeof(text));
		if (address->s_in6.sa_scope != 0) {
			snprintf(buffer, size, "[%s%%%" PRIu32 "]:%u", text, address->s_in6.sa_scope,
			    ntohs(address->s_in6.sa_port));
		} else {
			snprintf(buffer, size, "[%s]:%u", text, ntohs(address->s_in6.sa_port));
		}
		break;
	case NNG_AF_ABSTRACT:
		snprintf(buffer, size, "abstract[%.*s]", address->s_abstract.sa_len > 107 ? 107 : address->s_abstract.sa_len,
		    (const char *) address->s_abstract.sa_name);
		break;
	case NNG_AF_ZT:
		snprintf(buffer, size, "ZT[%" PRIx64 ":%" PRIx64 ":%" PRIu32 "]", address->s_zt.sa_nodeid,
		    address->s_zt.sa_nwid, address->s_zt.sa_port);
		break;
	default:
		return "unknown";
	}
	return buffer;
}
