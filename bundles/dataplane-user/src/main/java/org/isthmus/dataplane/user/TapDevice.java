package org.isthmus.dataplane.user;

import org.isthmus.linux.Tun;

import java.nio.ByteBuffer;

/** The TAP interface of one session. */
final class TapDevice extends SystemDevice {

    private final EthernetSession session;

    TapDevice(Tun tap, EthernetSession session) {
        super(tap);
        this.session = session;
    }

    @Override
    boolean forward(ByteBuffer frame) {
        session.fromSystem(frame);
        return true;
    }
}
