/* Which addresses belong to the public Internet, so that nobody can make waymark call the insides
 * of the network that it runs in (server-side request forgery).
 *
 * After the IANA registries of special-purpose IPv4 and IPv6 addresses: what is not globally
 * reachable, multicast, and the tunnels that carry an IPv4 address inside (6to4, Teredo) are out.
 * An IPv4 address mapped into IPv6 or behind NAT64 counts as itself. Pure. */
#ifndef WAYMARK_GATEWAY_DESTINATION_H
#define WAYMARK_GATEWAY_DESTINATION_H

#include <stdbool.h>

struct sockaddr;

/* Whether the address is public; false for anything but IPv4 and IPv6. */
bool destination_is_public(const struct sockaddr *address);

#endif
