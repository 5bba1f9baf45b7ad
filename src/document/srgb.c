#include "document/srgb.h"

/* Big-endian numbers and four-letter words. Fractions are s15Fixed16: 1.0 is 0x10000. */
#define U16(n)           (unsigned char)((n) >> 8 & 0xff), (unsigned char)((n)&0xff)
#define U32(n)           U16((unsigned)(n) >> 16), U16((unsigned)(n)&0xffff)
#define FOUR(a, b, c, d) a, b, c, d
#define PLACE(at, size)  U32(at), U32(size)
#define XYZ(x, y, z)     FOUR('X', 'Y', 'Z', ' '), U32(0), U32(x), U32(y), U32(z)

/* One text of four letters, in English. */
#define TEXT(a, b, c, d)                                                                           \
    FOUR('m', 'l', 'u', 'c'), U32(0), U32(1), U32(12), FOUR('e', 'n', 'U', 'S'), U32(8), U32(28),  \
        U16(a), U16(b), U16(c), U16(d)

enum {
    HEADER_SIZE = 128,
    TAG_COUNT = 10,
    DESCRIPTION_AT = HEADER_SIZE + 4 + TAG_COUNT * 12,
    COPYRIGHT_AT = DESCRIPTION_AT + 36,
    WHITE_AT = COPYRIGHT_AT + 36,
    ADAPTATION_AT = WHITE_AT + 20,
    RED_AT = ADAPTATION_AT + 44,
    GREEN_AT = RED_AT + 20,
    BLUE_AT = GREEN_AT + 20,
    CURVE_AT = BLUE_AT + 20,
};

/* clang-format off */
const unsigned char srgb_profile[] = {
    /* The header: a display profile from RGB to XYZ as seen under D50. A fixed date, no maker. */
    U32(SRGB_PROFILE_SIZE), U32(0), U32(0x04200000), FOUR('m', 'n', 't', 'r'),
    FOUR('R', 'G', 'B', ' '), FOUR('X', 'Y', 'Z', ' '), U16(2000), U16(1), U16(1), U16(0), U16(0), U16(0),
    FOUR('a', 'c', 's', 'p'), U32(0), U32(0), U32(0), U32(0), U32(0), U32(0), U32(0),
    U32(0xf6d6), U32(0x10000), U32(0xd32d),
    U32(0), U32(0), U32(0), U32(0), U32(0), U32(0), U32(0), U32(0), U32(0), U32(0), U32(0), U32(0),

    U32(TAG_COUNT),
    FOUR('d', 'e', 's', 'c'), PLACE(DESCRIPTION_AT, 36),
    FOUR('c', 'p', 'r', 't'), PLACE(COPYRIGHT_AT, 36),
    FOUR('w', 't', 'p', 't'), PLACE(WHITE_AT, 20),
    FOUR('c', 'h', 'a', 'd'), PLACE(ADAPTATION_AT, 44),
    FOUR('r', 'X', 'Y', 'Z'), PLACE(RED_AT, 20),
    FOUR('g', 'X', 'Y', 'Z'), PLACE(GREEN_AT, 20),
    FOUR('b', 'X', 'Y', 'Z'), PLACE(BLUE_AT, 20),
    FOUR('r', 'T', 'R', 'C'), PLACE(CURVE_AT, 32),
    FOUR('g', 'T', 'R', 'C'), PLACE(CURVE_AT, 32),
    FOUR('b', 'T', 'R', 'C'), PLACE(CURVE_AT, 32),

    TEXT('s', 'R', 'G', 'B'),
    TEXT('F', 'r', 'e', 'e'),
    XYZ(0xf6d6, 0x10000, 0xd32d), /* D50 */

    /* The Bradford adaptation of D65 to D50. */
    FOUR('s', 'f', '3', '2'), U32(0),
    U32(0x10c42), U32(0x05de), U32(-0x0cdb),
    U32(0x0793), U32(0xfd90), U32(-0x045f),
    U32(-0x025e), U32(0x03dc), U32(0xc06e),

    /* The primaries, so adapted. */
    XYZ(0x6fa0, 0x38f5, 0x0390),
    XYZ(0x6297, 0xb787, 0x18d9),
    XYZ(0x249f, 0x0f84, 0xb6c3),

    /* ((x + 0.055) / 1.055) ^ 2.4, but x / 12.92 below 0.04045. */
    FOUR('p', 'a', 'r', 'a'), U32(0), U16(3), U16(0),
    U32(0x26666), U32(0xf2a7), U32(0x0d59), U32(0x13d0), U32(0x0a5b),
};
/* clang-format on */

_Static_assert(sizeof srgb_profile == SRGB_PROFILE_SIZE, "the parts fill the profile");
