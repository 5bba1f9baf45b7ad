#include "gateway/destination.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#include "base/must.h"

struct network {
    const char *address;
    int bits;
};

static const struct network special_ipv4[] = {
    {"0.0.0.0", 8},       /* this network */
    {"10.0.0.0", 8},      /* private */
    {"100.64.0.0", 10},   /* shared by providers */
    {"127.0.0.0", 8},     /* loopback */
    {"169.254.0.0", 16},  /* link-local, and the metadata of cloud machines */
    {"172.16.0.0", 12},   /* private */
    {"192.0.0.0", 24},    /* protocol assignments */
    {"192.0.2.0", 24},    /* documentation */
    {"192.88.99.0", 24},  /* 6to4 relays, withdrawn */
    {"192.168.0.0", 16},  /* private */
    {"198.18.0.0", 15},   /* benchmarks */
    {"198.51.100.0", 24}, /* documentation */
    {"203.0.113.0", 24},  /* documentation */
    {"224.0.0.0", 3},     /* multicast, reserved, broadcast */
};

static const struct network global_unicast_ipv6 = {"2000::", 3};

/* Within global unicast. */
static const struct network special_ipv6[] = {
    {"2001::", 23},     /* protocol assignments, Teredo among them */
    {"2001:db8::", 32}, /* documentation */
    {"2002::", 16},     /* 6to4 */
    {"3fff::", 20},     /* documentation */
};

/* Their last 32 bits are the IPv4 address that is meant. */
static const struct network ipv4_inside_ipv6[] = {
    {"::ffff:0:0", 96},
    {"64:ff9b::", 96},
};

static bool is_within(int family, const uint8_t *address, struct network network)
{
    uint8_t prefix[sizeof(struct in6_addr)];
    must(inet_pton(family, network.address, prefix) == 1);
    int whole = network.bits / 8;
    int rest = network.bits % 8;
    uint8_t mask = (uint8_t)(0xff00 >> rest);
    return memcmp(address, prefix, (size_t)whole) == 0 &&
           (rest == 0 || (address[whole] & mask) == (prefix[whole] & mask));
}

static bool is_within_any(int family, const uint8_t *address, const struct network *networks,
                          size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_within(family, address, networks[i]))
            return true;
    return false;
}

#define IS_WITHIN_ANY(family, address, networks)                                                   \
    is_within_any(family, address, networks, sizeof(networks) / sizeof *(networks))

static bool ipv4_is_public(const uint8_t address[4])
{
    return !IS_WITHIN_ANY(AF_INET, address, special_ipv4);
}

static bool ipv6_is_public(const uint8_t address[16])
{
    if (IS_WITHIN_ANY(AF_INET6, address, ipv4_inside_ipv6))
        return ipv4_is_public(address + 12);
    return is_within(AF_INET6, address, global_unicast_ipv6) &&
           !IS_WITHIN_ANY(AF_INET6, address, special_ipv6);
}

bool destination_is_public(const struct sockaddr *address)
{
    uint8_t bytes[sizeof(struct in6_addr)];
    switch (address->sa_family) {
    case AF_INET:
        memcpy(bytes, (const char *)address + offsetof(struct sockaddr_in, sin_addr), 4);
        return ipv4_is_public(bytes);
    case AF_INET6:
        memcpy(bytes, (const char *)address + offsetof(struct sockaddr_in6, sin6_addr), 16);
        return ipv6_is_public(bytes);
    default:
        return false;
    }
}
