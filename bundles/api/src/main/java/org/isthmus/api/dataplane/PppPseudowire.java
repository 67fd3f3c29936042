package org.isthmus.api.dataplane;

/**
 * PPP frames. The system meets the network packets in them once {@link SessionPath#networkUp} is called.
 *
 * @param hdlcHeader    whether frames are sent with FF 03 in front; both ways are received
 * @param clampMss      whether TCP's maximum segment size is lowered to fit
 * @param ingressFilter whether packets from other source addresses than the peer's are dropped
 */
public record PppPseudowire(boolean hdlcHeader, boolean clampMss, boolean ingressFilter) implements Pseudowire {
}
