package org.isthmus.api.dataplane;

/**
 * PPP frames. The system meets the network packets in them once {@link SessionPath#networkUp} is called.
 *
 * @param hdlcHeader    whether frames are sent with FF 03 in front; both ways are received
 * @param clampMss      whether TCP's maximum segment size is lowered to fit
 * @param ingressFilter whether packets from other source addresses than the peer's are dropped
 * @param external      whether another PPP than the engine's runs on {@link SessionPath#pppSocket}: the path then leaves that socket
 *                      alone and is never asked to send a frame or to bring up the network; a data plane without such a socket
 *                      refuses the session
 * @param encrypted     whether network packets pass encrypted or not at all: those that come in clear are dropped, and none is sent
 *                      but between {@link SessionPath#encrypt} and {@link SessionPath#stopEncryption}
 */
public record PppPseudowire(boolean hdlcHeader, boolean clampMss, boolean ingressFilter, boolean external, boolean encrypted)
        implements Pseudowire {

    /** For packets as they are. */
    public PppPseudowire(boolean hdlcHeader, boolean clampMss, boolean ingressFilter, boolean external) {
        this(hdlcHeader, clampMss, ingressFilter, external, false);
    }

    /** For the engine's own PPP. */
    public PppPseudowire(boolean hdlcHeader, boolean clampMss, boolean ingressFilter) {
        this(hdlcHeader, clampMss, ingressFilter, false);
    }
}
