package org.isthmus.api.dataplane;

/**
 * A session, as its data path must know it.
 *
 * @param name             its name, for messages
 * @param sessionId        our id, which packets to us carry
 * @param peerSessionId    the peer's id, which packets to it carry
 * @param lns              whether we are the LNS of this call: the LNS decides on sequence numbers (RFC 2661 5.4)
 * @param sendSequence     whether we send sequence numbers
 * @param requireSequence  whether packets without one are dropped
 * @param useLength        whether we send the length field
 * @param offset           padding behind the header, 0 to 255 bytes
 * @param usePriority      whether PPP control frames are sent with the priority bit
 * @param hdlcHeader       whether PPP frames are sent with FF 03 in front
 * @param interfaceName    the name of an interface of its own, or empty
 * @param mtu              the largest network packet, in bytes
 * @param clampMss         whether TCP's maximum segment size is lowered to fit
 * @param ingressFilter    whether packets from other source addresses than the peer's are dropped
 */
public record SessionSpec(String name, int sessionId, int peerSessionId, boolean lns, boolean sendSequence,
        boolean requireSequence, boolean useLength, int offset, boolean usePriority, boolean hdlcHeader,
        String interfaceName, int mtu, boolean clampMss, boolean ingressFilter) {
}
