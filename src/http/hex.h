/* The value of a hexadecimal digit, -1 if it is none. */
#ifndef WAYMARK_HTTP_HEX_H
#define WAYMARK_HTTP_HEX_H

static inline int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

#endif
