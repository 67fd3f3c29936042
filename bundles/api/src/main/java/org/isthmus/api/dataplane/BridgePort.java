package org.isthmus.api.dataplane;

/**
 * How the interface of a session is in its bridge.
 *
 * @param isolated  whether it exchanges frames only with ports of the bridge that are not isolated
 * @param temporary whether the bridge, if it is made for the session, goes with the last session in it
 */
public record BridgePort(boolean isolated, boolean temporary) {
    /** With all others, in a bridge that stays. */
    public static final BridgePort PLAIN = new BridgePort(false, false);
}
