package org.isthmus.api.dataplane;

/** What is optional in the header of a session's data packets. Its kind is that of the tunnel's version. */
public sealed interface Header permits V2Header, V3Header {
}
