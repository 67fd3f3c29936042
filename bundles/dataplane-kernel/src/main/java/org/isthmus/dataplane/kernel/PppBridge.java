package org.isthmus.dataplane.kernel;

import org.isthmus.linux.LinuxException;
import org.isthmus.linux.ppp.PppChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;

/**
 * Ties the PPP channels of two sessions: from Linux 5.11 on the kernel passes frames from one to the other by itself, before that the reader's
 * thread does. Changed by the system's thread.
 */
final class PppBridge {

    private static final Logger LOG = LoggerFactory.getLogger(PppBridge.class);

    private final PppSession session;
    /** The session at the other end, or null. */
    private volatile PppSession other;
    private boolean inKernel;

    PppBridge(PppSession session) {
        this.session = session;
    }

    /** Ties two sessions, or with null frees one. Both may be tied already, to each other or elsewhere. */
    static void join(PppSession one, PppSession two) {
        if (two != null && one.bridge().other == two && two.bridge().other == one) {
            return;
        }
        one.bridge().end();
        if (two == null) {
            return;
        }
        two.bridge().end();
        PppChannel here = one.channel();
        PppChannel there = two.channel();
        if (here == null || there == null) {
            return; // each has said what is wrong with it
        }
        // First so, for what has come already and lies in the channels' queues.
        one.bridge().other = two;
        two.bridge().other = one;
        try {
            here.bridge(there);
            one.bridge().inKernel = true;
        } catch (LinuxException tooOld) {
            LOG.warn("Frames of {} and {} pass through this process: {}. Linux passes them by itself from 5.11 on", one, two,
                    tooOld.getMessage());
        }
    }

    /** Frees the session, and the one that it is tied to. */
    void end() {
        PppSession tied = other;
        if (tied == null) {
            return;
        }
        other = null;
        tied.bridge().other = null;
        if (inKernel || tied.bridge().inKernel) {
            inKernel = false;
            tied.bridge().inKernel = false;
            PppChannel channel = session.channel();
            try {
                if (channel != null) {
                    channel.unbridge();
                }
            } catch (LinuxException gone) {
                LOG.debug("{}: {}", session, gone.getMessage());
            }
        }
    }

    /** Passes a frame on that the kernel did not; false if the session is not tied. On the reader's thread. */
    boolean relayed(ByteBuffer frame) {
        PppSession to = other;
        if (to == null) {
            return false;
        }
        to.sendPpp(frame);
        return true;
    }
}
