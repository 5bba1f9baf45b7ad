/* A profile of the sRGB colour space (IEC 61966-2-1) in the form of ICC.1:2004-10, version 4, which
 * PDF/A wants inside the file so that its colours mean something. Our own bytes; no licence needed.
 */
#ifndef WAYMARK_DOCUMENT_SRGB_H
#define WAYMARK_DOCUMENT_SRGB_H

enum { SRGB_PROFILE_SIZE = 480 };

extern const unsigned char srgb_profile[SRGB_PROFILE_SIZE];

#endif
