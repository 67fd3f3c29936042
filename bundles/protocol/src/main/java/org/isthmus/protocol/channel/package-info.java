/**
 * The reliable control channel (RFC 2661 section 5.8 and Appendix A, RFC 3931 section 4.2): order, acknowledgement,
 * retransmission, window and congestion control. It knows sequence numbers, not messages.
 * Private to this bundle.
 */
package org.isthmus.protocol.channel;
