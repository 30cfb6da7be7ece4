// Addresses by the name of an interface, which the older library knows and ours does not: tcp://eth0:5555 listens on the address
// of eth0, tcp://eth0;host:5555 dials from there.
#include "../nanomsg.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdio.h>

// The first IPv4 address of an interface, as text; false when there is none.
static bool
find(const char *name, size_t length, char text[INET_ADDRSTRLEN], struct in_addr *out)
{
	struct ifaddrs *all, *at;
	bool            found = false;

	if (getifaddrs(&all) != 0) {
		return false;
	}
	for (at = all; at != NULL && !found; at = at->ifa_next) {
		found = at->ifa_addr != NULL && at->ifa_addr->sa_family == AF_INET && strlen(at->ifa_name) == length
		    && memcmp(at->ifa_name, name, length) == 0;
		if (found) {
			*out = ((struct sockaddr_in *) at->ifa_addr)->sin_addr;
			inet_ntop(AF_INET, out, text, INET_ADDRSTRLEN);
		}
	}
	freeifaddrs(all);
	return found;
}

// An address, or the one of an interface.
static bool
resolve(const char *name, size_t length, char text[INET_ADDRSTRLEN], struct in_addr *out)
{
	char copy[INET_ADDRSTRLEN];

	if (length < sizeof(copy)) {
		memcpy(copy, name, length);
		copy[length] = '\0';
		if (inet_pton(AF_INET, copy, out) == 1) {
			memcpy(text, copy, length + 1);
			return true;
		}
	}
	return find(name, length, text, out);
}

int
nns_older_listen_url(const char **url, char *room, size_t size)
{
	static const char scheme[] = "tcp://";
	const char *      host, *port;
	char              text[INET_ADDRSTRLEN];
	struct in_addr    address;

	if (*url == NULL || strncmp(*url, scheme, sizeof(scheme) - 1) != 0) {
		return 0;
	}
	host = *url + sizeof(scheme) - 1;
	port = strrchr(host, ':');
	// Every address, or one of the newer protocol: as it is.
	if (port == NULL || *host == '*' || *host == '[') {
		return 0;
	}
	if (!resolve(host, (size_t) (port - host), text, &address)) {
		return ENODEV;
	}
	snprintf(room, size, "%s%s%s", scheme, text, port);
	*url = room;
	return 0;
}

int
nns_older_dial_url(const char **url, char *room, size_t size, nng_sockaddr *local)
{
	static const char scheme[] = "tcp://";
	const char *      host, *remote;
	char              text[INET_ADDRSTRLEN];
	struct in_addr    address;

	local->s_family = NNG_AF_UNSPEC;
	if (*url == NULL || strncmp(*url, scheme, sizeof(scheme) - 1) != 0) {
		return 0;
	}
	host   = *url + sizeof(scheme) - 1;
	remote = strchr(host, ';');
	if (remote == NULL) {
		return 0;
	}
	if (*host != '*' || remote != host + 1) {
		if (!resolve(host, (size_t) (remote - host), text, &address)) {
			return ENODEV;
		}
		memset(local, 0, sizeof(*local));
		local->s_in.sa_family = NNG_AF_INET;
		local->s_in.sa_addr   = address.s_addr;
	}
	snprintf(room, size, "%s%s", scheme, remote + 1);
	*url = room;
	return 0;
}
