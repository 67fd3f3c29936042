package org.isthmus.api.config;

/** How control messages of L2TPv3 are authenticated (RFC 3931 section 5.4.1). */
public enum Digest { NONE, MD5, SHA1 }
