package org.isthmus.dataplane.user;

import org.isthmus.linux.Tun;

import java.nio.ByteBuffer;

/** The TAP interface of one session. */
final class TapDevice extends SystemDevice {

    private final int index;
    private final EthernetSession session;

    TapDevice(Tun tap, int index, EthernetSession session) {
        super(tap);
        this.index = index;
        this.session = session;
    }

    /** The interface's number in the system, which stays when somebody renames it. */
    int index() {
        return index;
    }

    @Override
    boolean forward(ByteBuffer frame) {
        session.fromSystem(frame);
        return true;
    }
}
