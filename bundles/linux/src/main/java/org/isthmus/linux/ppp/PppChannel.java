package org.isthmus.linux.ppp;

import org.isthmus.linux.Descriptor;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;

/**
 * A channel: one PPP link. Read from it, frames are all that come in while no unit is connected, and afterwards those of protocols from 0xc000
 * on: LCP and authentication.
 */
public final class PppChannel extends PppDevice {

    private final int index;

    private PppChannel(Descriptor descriptor, int index) {
        super(descriptor);
        this.index = index;
    }

    /** Opens the channel of that number. */
    public static PppChannel attach(int index) throws LinuxException {
        Descriptor descriptor = open();
        try {
            control("attach to the PPP channel " + index, descriptor, Abi.HOST.iow('t', 56, 4), index);
            return new PppChannel(descriptor, index);
        } catch (LinuxException refused) {
            descriptor.close();
            throw refused;
        }
    }

    /** Its number in the kernel. */
    public int index() {
        return index;
    }

    /** Puts a unit on top of it, which may have other channels already if it is {@linkplain PppUnit#multilink of several}. */
    public void connect(PppUnit unit) throws LinuxException {
        control("connect the PPP channel " + index + " to " + unit.name(), descriptor(), Abi.HOST.iow('t', 58, 4), unit.number());
    }

    /**
     * Takes the unit away from on top of it.
     *
     * @throws LinuxException EINVAL if there is none
     */
    public void disconnect() throws LinuxException {
        if (LibC.C.ioctl(descriptor().number(), Abi.HOST.io('t', 57), 0) < 0) {
            throw new LinuxException("disconnect the PPP channel " + index + " from its unit", LibC.errno());
        }
    }

    /**
     * Has the kernel pass every frame of this channel to another one and back. Neither may have a unit.
     *
     * @throws LinuxException ENOTTY or EINVAL before Linux 5.11, which cannot; EALREADY if one of them is bridged or has a unit
     */
    public void bridge(PppChannel other) throws LinuxException {
        control("bridge the PPP channels " + index + " and " + other.index, descriptor(), Abi.HOST.iow('t', 53, 4), other.index);
    }

    /** Ends {@link #bridge}. */
    public void unbridge() throws LinuxException {
        if (LibC.C.ioctl(descriptor().number(), Abi.HOST.io('t', 52), 0) < 0) {
            throw new LinuxException("end the bridge of the PPP channel " + index, LibC.errno());
        }
    }
}
