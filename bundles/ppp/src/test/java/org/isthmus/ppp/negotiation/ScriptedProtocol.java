package org.isthmus.ppp.negotiation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.isthmus.ppp.PppCounter;

/** A protocol with one option, which must be 7, on a line that writes down what is sent. */
final class ScriptedProtocol implements NegotiatedProtocol, Line {
    static final int OPTION = 1;
    static final Option GOOD = Option.of(OPTION, 1, 7);

    final List<String> actions = new ArrayList<>();
    final List<byte[]> sent = new ArrayList<>();
    final int[] counts = new int[PppCounter.values().length];
    Option own = GOOD;
    boolean agreeable = true;
    Ending ending;
    long now;

    byte[] lastOf(int code) {
        for (int i = sent.size() - 1; i >= 0; i--) {
            if (sent.get(i)[0] == code) {
                return sent.get(i);
            }
        }
        throw new AssertionError("nothing sent with code " + code);
    }

    @Override
    public void begin() {
    }

    @Override
    public List<Option> request() {
        return own == null ? List.of() : List.of(own);
    }

    @Override
    public void judge(List<Option> request, Judgement judgement) {
        for (Option option : request) {
            if (option.type() != OPTION) {
                judgement.reject(option);
            } else if (option.number() != 7) {
                judgement.nak(option, GOOD);
            }
        }
    }

    @Override
    public boolean naked(List<Option> wanted) {
        actions.add("naked");
        return agreeable;
    }

    @Override
    public boolean rejected(List<Option> refused) {
        actions.add("rejected");
        own = null;
        return agreeable;
    }

    @Override
    public void up() {
        actions.add("tlu");
    }

    @Override
    public void down() {
        actions.add("tld");
    }

    @Override
    public void finished(Ending why) {
        ending = why;
        actions.add("tlf");
    }

    @Override
    public boolean extension(ControlPacket packet, boolean opened) {
        return packet.code() == 9;
    }

    @Override
    public void extensionRejected(int code) {
        actions.add("code " + code + " rejected");
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public RandomGenerator random() {
        return new Random(1);
    }

    @Override
    public void send(int protocol, byte[] packet) {
        sent.add(packet);
        actions.add(switch (packet[0]) {
            case ControlPacket.CONFIGURE_REQUEST -> "scr";
            case ControlPacket.CONFIGURE_ACK -> "sca";
            case ControlPacket.CONFIGURE_NAK, ControlPacket.CONFIGURE_REJECT -> "scn";
            case ControlPacket.TERMINATE_REQUEST -> "str";
            case ControlPacket.TERMINATE_ACK -> "sta";
            case ControlPacket.CODE_REJECT -> "scj";
            default -> "code " + packet[0];
        });
    }

    @Override
    public int peerMru() {
        return 1500;
    }

    @Override
    public void count(PppCounter counter) {
        counts[counter.ordinal()]++;
    }
}
