package org.isthmus.ppp.negotiation;

import java.util.Arrays;
import java.util.List;

/** Our last Configure-Request, and whether it was answered. */
final class OwnRequest {
    /** Nothing was sent yet. */
    static final OwnRequest NONE = new OwnRequest();

    private final int identifier;
    private final List<Option> options;
    private final byte[] data;
    private boolean answered;

    private OwnRequest() {
        this(-1, List.of());
        answered = true;
    }

    OwnRequest(int identifier, List<Option> options) {
        this.identifier = identifier;
        this.options = options;
        this.data = Option.encode(options);
    }

    int identifier() {
        return identifier;
    }

    List<Option> options() {
        return options;
    }

    byte[] data() {
        return data;
    }

    boolean isAnswered() {
        return answered;
    }

    void answered() {
        answered = true;
    }

    /** "the Identifier field MUST match that of the last transmitted Configure-Request" (RFC 1661 section 5.2). */
    boolean awaits(int answerIdentifier) {
        return !answered && identifier == answerIdentifier;
    }

    /** "the Configuration Options in a Configure-Ack MUST exactly match those of the last transmitted" (the same). */
    boolean isEchoedBy(ControlPacket ack) {
        return Arrays.equals(ack.bytes(), data);
    }

    /** Of our options, as we sent them, those whose types are among the given. */
    List<Option> ofTypes(List<Option> wanted) {
        return options.stream()
                .filter(sent -> wanted.stream().anyMatch(option -> option.type() == sent.type()))
                .toList();
    }
}
