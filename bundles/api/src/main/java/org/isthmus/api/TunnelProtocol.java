package org.isthmus.api;

import org.isthmus.api.config.Encapsulation;

/**
 * What a tunnel speaks. Immutable.
 *
 * @param version       2 or 3
 * @param encapsulation what carries its packets
 * @param isStatic      whether it has no control channel
 * @param remark        what an operator should know, such as that the peer has only version 2; or empty
 */
public record TunnelProtocol(int version, Encapsulation encapsulation, boolean isStatic, String remark) {
    /** Version 2 over UDP. */
    public static final TunnelProtocol V2 = new TunnelProtocol(2, Encapsulation.UDP, false, "");
}
