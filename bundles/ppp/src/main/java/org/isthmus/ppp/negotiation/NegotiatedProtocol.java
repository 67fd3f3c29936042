package org.isthmus.ppp.negotiation;

import java.util.List;

/** What the {@link Automaton} asks of a control protocol, and tells it. None of these may call the automaton back. */
public interface NegotiatedProtocol {

    /** A negotiation begins, for the first time or anew: forget what an earlier one agreed on. */
    void begin();

    /** The options of our next Configure-Request. */
    List<Option> request();

    /** Judges the peer's Configure-Request and keeps its values; the last ones judged hold when the protocol opens. */
    void judge(List<Option> request, Judgement judgement);

    /**
     * The peer would rather have these values. Options that we did not send may be among them.
     *
     * @return false if there is no way on; the automaton then closes the protocol
     */
    boolean naked(List<Option> wanted);

    /**
     * The peer will not have these options, all of which we sent; also called for Naks that go on for too long.
     *
     * @return false if there is no way on; the automaton then closes the protocol
     */
    boolean rejected(List<Option> refused);

    /** Open: both sides agreed (This-Layer-Up). */
    void up();

    /** No longer open (This-Layer-Down). */
    void down();

    /** Over (This-Layer-Finished). */
    void finished(Ending ending);

    /**
     * A packet with a code beyond those of the automaton (8 and above).
     *
     * @return false if the code is not known: the automaton answers with a Code-Reject
     */
    boolean extension(ControlPacket packet, boolean opened);

    /** The peer does not know this code of {@link #extension}. */
    void extensionRejected(int code);
}
