/** LCP: its options (RFC 1661 section 6), its further codes (RFC 1570), and the echo that watches the link. */
package org.isthmus.ppp.lcp;
