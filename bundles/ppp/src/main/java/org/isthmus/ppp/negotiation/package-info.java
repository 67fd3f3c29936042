/**
 * The option negotiation of RFC 1661 section 4, once for all control protocols: the
 * {@link org.isthmus.ppp.negotiation.Automaton} knows states, timers and packets, a
 * {@link org.isthmus.ppp.negotiation.NegotiatedProtocol} knows what its options mean.
 */
package org.isthmus.ppp.negotiation;
