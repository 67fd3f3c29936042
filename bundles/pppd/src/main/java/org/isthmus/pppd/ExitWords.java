package org.isthmus.pppd;

import org.isthmus.api.ppp.PppEnd;
import org.isthmus.linux.ChildProcess;

/** What the exit status of pppd means: in words, and in the codes of RFC 3145. */
final class ExitWords {
    private static final int NONE = 0;
    private static final int NORMAL = 3;
    private static final int LOOPED = 7;
    private static final int NO_ECHO = 8;
    private static final int BAD_PROOF = 16;
    private static final int NO_NCP = 18;

    private ExitWords() {
    }

    /** @param said the last that pppd said that explains it, or empty */
    static PppEnd of(ChildProcess.Exit exit, String said) {
        if (exit.signal() != 0) {
            return end(false, NONE, "pppd was ended by signal " + exit.signal(), said);
        }
        return switch (exit.code()) {
            case 0 -> end(true, NORMAL, "the peer ended PPP", said);
            case 1 -> end(false, NONE, "pppd met a fatal error", said);
            case 2 -> end(false, NONE, "pppd does not take its options, or those of pppd_options", said);
            case 3 -> end(false, NONE, "pppd is not run by root: run the appliance as root", said);
            case 4 -> end(false, NONE, "the kernel has no PPP: load ppp_generic and l2tp_ppp, which are in the distribution's kernel"
                    + " package", said);
            case 5 -> end(false, NORMAL, "pppd was told to end", said);
            case 6, 7, 8, 9, 14, 18 -> end(false, NONE, "pppd ended as with a serial line (exit status " + exit.code()
                    + "); look at pppd_options", said);
            case 10 -> end(false, NO_NCP, "no network protocol came up", said);
            case 11 -> end(true, BAD_PROOF, "the peer did not prove who it is", said);
            case 12 -> end(false, NORMAL, "no packet for idle_timeout", said);
            case 13 -> end(false, NORMAL, "the connect time of pppd_options is reached", said);
            case 15 -> end(true, NO_ECHO, "the peer does not answer LCP echo requests", said);
            case 16 -> end(false, NONE, "the call below PPP is gone", said);
            case 17 -> end(false, LOOPED, "the link is looped back", said);
            case 19 -> end(false, BAD_PROOF, "the peer does not accept who we are: look at user_name and user_password", said);
            case 126, 127 -> end(false, NONE, "pppd could not be run", said);
            default -> end(false, NONE, "pppd ended with the unknown exit status " + exit.code(), said);
        };
    }

    /** It ended as we wanted it to. */
    static PppEnd asWanted(String why) {
        return new PppEnd(false, NORMAL, why);
    }

    private static PppEnd end(boolean byPeer, int disconnectCode, String words, String said) {
        return new PppEnd(byPeer, disconnectCode, said.isEmpty() ? words : words + " (pppd says: " + said + ")");
    }
}
