package org.isthmus.linux.ppp;

import org.isthmus.linux.Descriptor;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.SocketFilter;
import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.Memory;

import java.lang.ref.Reference;

/**
 * A unit: the network interface of a PPP link. Read from it, frames are those of protocols from 0x8000 to 0xbfff, such as IPCP, and of network
 * protocols that the kernel does not know. It goes when it is closed.
 */
public final class PppUnit extends PppDevice {

    /** Compression Control Protocol frames are looked at by the kernel (SC_CCP_OPEN). */
    private static final int CCP_OPEN = 0x40;
    /** Frames are compressed, which MPPE calls encrypted (SC_CCP_UP). */
    private static final int CCP_UP = 0x80;
    /** Nothing is sent or taken uncompressed (SC_MUST_COMP). */
    private static final int MUST_COMPRESS = 0x400000;
    /** What we send is compressed now (SC_COMP_RUN), and what we receive is decompressed (SC_DECOMP_RUN). */
    private static final int RUNNING = 0x1000 | 0x2000;

    /** Frames are split over the channels (SC_MULTILINK). */
    private static final int MULTILINK = 0x400;
    /** Fragments that come have numbers of 12 bits (SC_MP_SHORTSEQ). */
    private static final int SHORT_RECEIVED = 0x800;
    /** Those that are sent have (SC_MP_XSHORTSEQ). */
    private static final int SHORT_SENT = 0x4000;

    private static final long GET_UNIT = Abi.HOST.ior('t', 86, 4);

    private final int number;

    private PppUnit(Descriptor descriptor, int number) {
        super(descriptor);
        this.number = number;
    }

    /** Makes a unit and its interface, which is down. */
    public static PppUnit create() throws LinuxException {
        Descriptor descriptor = open();
        try {
            return new PppUnit(descriptor, control("make a PPP unit", descriptor, Abi.HOST.iowr('t', 62, 4), -1));
        } catch (LinuxException refused) {
            descriptor.close();
            throw refused;
        }
    }

    /** Takes over a unit that another process made. */
    public static PppUnit adopt(Descriptor descriptor) throws LinuxException {
        return new PppUnit(descriptor, control("ask for a PPP unit", descriptor, GET_UNIT, 0));
    }

    /** Its number in the kernel. */
    public int number() {
        return number;
    }

    /** The name that its interface has at first. */
    public String name() {
        return "ppp" + number;
    }

    /** The largest frame that it takes from the peer, behind the PPP protocol. */
    public void receiveUnit(int bytes) throws LinuxException {
        control("set the MRU of " + name(), descriptor(), Abi.HOST.iow('t', 82, 4), bytes);
    }

    /** Lets packets of a network protocol pass, or drops them, both ways. Both pass at first. */
    public void pass(int pppProtocol, boolean on) throws LinuxException {
        Memory mode = Memory.allocate(8);
        mode.putInt(0, pppProtocol);
        mode.putInt(4, on ? 0 : 1);
        control("let packets of " + name() + " pass", descriptor(), Abi.HOST.iow('t', 75, 8), mode);
    }

    /**
     * Has a program decide which network packets pass. It sees a byte that is 1 for what we send and 0 for what the peer sent, a byte without
     * meaning, the two bytes of the PPP protocol, and the packet; it drops by returning 0.
     *
     * @throws LinuxException ENOTTY if the kernel was built without CONFIG_PPP_FILTER
     */
    public void filter(SocketFilter program) throws LinuxException {
        program.apply("filter the packets of " + name(), descriptor(), Abi.HOST.iow('t', 71, Abi.HOST.sockFprogBytes()));
    }

    /**
     * Sets up a compressor, for MPPE with its key.
     *
     * @param option   the CCP option that was agreed on; for MPPE with 16 bytes of key behind it
     * @param transmit whether it is for what we send, else for what we receive
     * @throws LinuxException EINVAL or ENOBUFS if the kernel does not have it (module ppp_mppe; never in FIPS mode)
     */
    public void compress(byte[] option, boolean transmit) throws LinuxException {
        int word = Abi.HOST.wordBytes();
        Memory bytes = Memory.allocate(option.length);
        bytes.putBytes(0, option);
        Memory request = Memory.allocate(Abi.HOST.pppOptionBytes());
        request.putWord(0, bytes.address());
        request.putInt(word, option.length);
        request.putInt(word + 4, transmit ? 1 : 0);
        control("set up the compression of " + name(), descriptor(), Abi.HOST.iow('t', 77, Abi.HOST.pppOptionBytes()), request);
        Reference.reachabilityFence(bytes);
    }

    /**
     * How far the Compression Control Protocol is, whose frames the kernel reads as they pass through the unit. A compressor begins with
     * the Configure-Ack that passes while {@link Compression#NEGOTIATED}.
     */
    public enum Compression {
        /** There is none; the compressors that were set up are forgotten. */
        OFF(0),
        /** The compressors are set up and both ends agree on them. */
        NEGOTIATED(CCP_OPEN | MUST_COMPRESS),
        /** They are used, and what cannot be compressed is not sent. */
        REQUIRED(CCP_OPEN | CCP_UP | MUST_COMPRESS);

        private final int flags;

        Compression(int flags) {
            this.flags = flags;
        }
    }

    /** Says how far it is. */
    public void compression(Compression stage) throws LinuxException {
        flags("switch the compression of " + name(), Compression.REQUIRED.flags, stage.flags);
    }

    /** Whether the kernel compresses and decompresses, both as was agreed on. */
    public boolean compresses() throws LinuxException {
        return (flags("read the flags of " + name()) & RUNNING) == RUNNING;
    }

    /**
     * Splits frames over all channels from now on, and puts together what comes in fragments (RFC 1990).
     *
     * @param largest       the largest frame that is put together, in bytes behind the PPP protocol
     * @param shortReceived whether the peer's fragments have numbers of 12 bits in the place of 24
     * @param shortSent     whether ours have
     * @throws LinuxException ENOTTY if the kernel was built without CONFIG_PPP_MULTILINK
     */
    public void multilink(int largest, boolean shortReceived, boolean shortSent) throws LinuxException {
        control("set the MRRU of " + name(), descriptor(), Abi.HOST.iow('t', 59, 4), largest);
        flags("switch the multilink of " + name(), MULTILINK | SHORT_RECEIVED | SHORT_SENT,
                MULTILINK | (shortReceived ? SHORT_RECEIVED : 0) | (shortSent ? SHORT_SENT : 0));
    }

    /** Changes some of the unit's flags; the kernel takes all of them at once. */
    private void flags(String what, int which, int values) throws LinuxException {
        control(what, descriptor(), Abi.HOST.iow('t', 89, 4), flags(what) & ~which | values);
    }

    private int flags(String what) throws LinuxException {
        return control(what, descriptor(), Abi.HOST.ior('t', 90, 4), 0);
    }
}
