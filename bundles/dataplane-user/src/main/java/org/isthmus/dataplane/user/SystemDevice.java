package org.isthmus.dataplane.user;

import org.isthmus.linux.Tun;

import java.nio.ByteBuffer;

/** An interface of the system whose other end is here. */
abstract class SystemDevice {

    private final Tun tun;
    /** The thread that reads this, and the place that it has for it; for {@link SystemReaders} and {@link TunReader}. */
    TunReader reader;
    int token = -1;

    SystemDevice(Tun tun) {
        this.tun = tun;
    }

    final Tun tun() {
        return tun;
    }

    final String name() {
        return tun.name();
    }

    /**
     * Takes what the system sent: between the buffer's position and limit, with {@link FrameSender#HEADROOM} in front. On its reader's
     * thread.
     *
     * @return whether it was for somebody
     */
    abstract boolean forward(ByteBuffer packet);
}
