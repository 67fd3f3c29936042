package org.isthmus.ppp.negotiation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.isthmus.ppp.PppCounter;
import org.isthmus.ppp.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The automaton against the transition table of RFC 1661 section 4.1, and the limits that the table leaves open. */
class AutomatonTest {
    /**
     * The table: one row per event, one column per state (0 Initial … 9 Opened), actions that can be seen from outside
     * and the new state. Left out are the cells that the RFC calls illegal, and TO in states that cannot have it here.
     * Different from the RFC, as the class comment of the automaton says: RCA and RCN in 7 and 9 are copies and change
     * nothing; RXJ- in 2 and 3 is not told a second time.
     */
    private static final String TABLE = """
            Up     2   scr/6  -      -          -      -      -      -        -      -
            Down   -   -      0      1          0      1      1      1        1      tld/1
            Open   1   1      scr/6  3          5      5      6      7        8      9
            Close  0   tlf/0  2      2          4      4      str/4  str/4    str/4  tld,str/4
            TO+    -   -      -      -          str/4  -      scr/6  scr/6    scr/8  -
            TO-    -   -      -      -          tlf/2  tlf/3  tlf/3  -        tlf/3  -
            RCR+   -   -      sta/2  scr,sca/8  4      5      sca/8  sca,tlu/9 sca/8 tld,scr,sca/8
            RCR-   -   -      sta/2  scr,scn/6  4      5      scn/6  scn/7    scn/6  tld,scr,scn/6
            RCA    -   -      sta/2  sta/3      4      5      7      7        tlu/9  9
            RCN    -   -      sta/2  sta/3      4      5      scr/6  7        scr/8  9
            RTR    -   -      sta/2  sta/3      sta/4  sta/5  sta/6  sta/6    sta/6  tld,sta/5
            RTA    -   -      2      3          tlf/2  tlf/3  6      6        8      tld,scr/6
            RUC    -   -      scj/2  scj/3      scj/4  scj/5  scj/6  scj/7    scj/8  scj/9
            RXJ+   -   -      2      3          4      5      6      7        8      9
            RXJ-   -   -      2      3          tlf/2  tlf/3  tlf/3  tlf/3    tlf/3  tld,str/5
            RXR    -   -      2      3          4      5      6      7        8      9
            """;

    private static final State[] STATES = State.values();

    private final ScriptedProtocol owner = new ScriptedProtocol();
    private final Automaton automaton =
            new Automaton(0x8021, new Retry(3, 2, 2, Duration.ofSeconds(3)), owner, owner);

    static Stream<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        for (String row : TABLE.lines().toList()) {
            String[] columns = row.trim().split("\\s+");
            for (int state = 0; state < 10; state++) {
                if (!columns[state + 1].equals("-")) {
                    cells.add(Arguments.of(columns[0], STATES[state], columns[state + 1]));
                }
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @MethodSource("cells")
    void followsTheTable(String event, State before, String expected) {
        reach(before);
        owner.actions.clear();
        happen(event);
        owner.actions.remove("naked");
        String actions = String.join(",", owner.actions);
        assertEquals(expected, (actions.isEmpty() ? "" : actions + "/") + automaton.state().ordinal());
        assertEquals(automaton.state().ordinal() >= 4 && automaton.state() != State.OPENED,
                automaton.deadline() != Long.MAX_VALUE, "the restart timer runs in the states that have TO events");
    }

    private void reach(State state) {
        switch (state) {
            case INITIAL -> { }
            case STARTING -> automaton.open();
            case CLOSED -> automaton.up();
            case STOPPED -> {
                reach(State.REQUEST_SENT);
                happen("TO-");
            }
            case CLOSING -> {
                reach(State.REQUEST_SENT);
                automaton.close("bye");
            }
            case STOPPING -> {
                reach(State.OPENED);
                happen("RTR");
            }
            case REQUEST_SENT -> {
                automaton.open();
                automaton.up();
            }
            case ACK_RECEIVED -> {
                reach(State.REQUEST_SENT);
                happen("RCA");
            }
            case ACK_SENT -> {
                reach(State.REQUEST_SENT);
                happen("RCR+");
            }
            case OPENED -> {
                reach(State.ACK_RECEIVED);
                happen("RCR+");
            }
        }
        assertEquals(state, automaton.state());
    }

    private void happen(String event) {
        switch (event) {
            case "Up" -> automaton.up();
            case "Down" -> automaton.down();
            case "Open" -> automaton.open();
            case "Close" -> automaton.close("bye");
            case "TO+" -> automaton.expire();
            case "TO-" -> {
                State state = automaton.state();
                while (automaton.state() == state) {
                    owner.actions.clear();
                    automaton.expire();
                }
            }
            case "RCR+" -> receive(ControlPacket.CONFIGURE_REQUEST, 77, ScriptedProtocol.GOOD);
            case "RCR-" -> receive(ControlPacket.CONFIGURE_REQUEST, 77, Option.of(ScriptedProtocol.OPTION, 1, 8));
            case "RCA" -> receive(ControlPacket.CONFIGURE_ACK, lastRequest(), ScriptedProtocol.GOOD);
            case "RCN" -> receive(ControlPacket.CONFIGURE_NAK, lastRequest(), Option.of(ScriptedProtocol.OPTION, 1, 9));
            case "RTR" -> receive(ControlPacket.TERMINATE_REQUEST, 78, "tired".getBytes());
            case "RTA" -> receive(ControlPacket.TERMINATE_ACK, 79, new byte[0]);
            case "RUC" -> receive(200, 80, new byte[3]);
            case "RXJ+" -> receive(ControlPacket.CODE_REJECT, 81, new byte[] {9, 1, 0, 4});
            case "RXJ-" -> receive(ControlPacket.CODE_REJECT, 81, new byte[] {1, 1, 0, 4});
            case "RXR" -> receive(9, 82, new byte[4]);
            default -> throw new AssertionError(event);
        }
        owner.actions.remove("code 9 rejected");
    }

    private int lastRequest() {
        return owner.sent.isEmpty() ? 1 : owner.lastOf(ControlPacket.CONFIGURE_REQUEST)[1] & 0xff;
    }

    private void receive(int code, int identifier, Option option) {
        receive(code, identifier, Option.encode(List.of(option)));
    }

    private void receive(int code, int identifier, byte[] data) {
        automaton.receive(ControlPacket.parse(ByteBuffer.wrap(ControlPacket.encode(code, identifier, data)))
                .orElseThrow());
    }

    @Test
    void aRepeatedRequestKeepsItsIdentifierAndANewOneDoesNot() {
        reach(State.REQUEST_SENT);
        int first = lastRequest();
        automaton.expire();
        assertEquals(first, lastRequest());
        happen("RCN");
        assertEquals(first + 1, lastRequest());
    }

    @Test
    void anAckOfSomethingElseIsNotTaken() {
        reach(State.REQUEST_SENT);
        receive(ControlPacket.CONFIGURE_ACK, lastRequest(), Option.of(ScriptedProtocol.OPTION, 1, 8));
        receive(ControlPacket.CONFIGURE_ACK, lastRequest() + 1, ScriptedProtocol.GOOD);
        receive(ControlPacket.CONFIGURE_REJECT, lastRequest(), Option.of(2, 1, 8));
        assertEquals(State.REQUEST_SENT, automaton.state());
        assertEquals(3, owner.counts[PppCounter.RX_UNEXPECTED_ANSWER.ordinal()]);
    }

    @Test
    void ourNaksBecomeRejectsAfterTheLimit() {
        reach(State.REQUEST_SENT);
        for (int i = 0; i < 3; i++) {
            happen("RCR-");
        }
        assertEquals(ControlPacket.CONFIGURE_REJECT, owner.sent.get(owner.sent.size() - 1)[0]);
        assertEquals(ControlPacket.CONFIGURE_NAK, owner.sent.get(owner.sent.size() - 2)[0]);
        assertArrayEquals(new byte[] {4, 77, 0, 7, 1, 3, 8}, owner.lastOf(ControlPacket.CONFIGURE_REJECT));
    }

    @Test
    void thePeersNaksCountAsRejectsAfterTheLimit() {
        reach(State.REQUEST_SENT);
        for (int i = 0; i < 3; i++) {
            happen("RCN");
        }
        assertEquals(List.of("scr", "naked", "scr", "naked", "scr", "rejected", "scr"), owner.actions);
        assertEquals(4, owner.lastOf(ControlPacket.CONFIGURE_REQUEST).length, "the option is left out");
    }

    @Test
    void aNegotiationWithoutEndIsGivenUp() {
        reach(State.REQUEST_SENT);
        int packets = 0;
        while (automaton.state().negotiates() && packets < 10_000) {
            happen("RCR-");
            packets++;
        }
        assertEquals(Automaton.MAX_ROUNDS + 1, packets);
        happen("RTA");
        assertEquals(Ending.NOT_CONVERGING, owner.ending);
    }

    @Test
    void aPeerThatStartsAnewAgainAndAgainIsGivenUp() {
        reach(State.OPENED);
        int times = 0;
        while (automaton.state() != State.CLOSING && times < 10_000) {
            happen("RCR+");
            happen("RCA");
            owner.now += 100;
            times++;
        }
        assertEquals(Automaton.MAX_RENEGOTIATIONS + 1, times);
    }

    @Test
    void aPeerThatStartsAnewNowAndThenIsServed() {
        reach(State.OPENED);
        for (int i = 0; i < 100; i++) {
            happen("RCR+");
            happen("RCA");
            assertEquals(State.OPENED, automaton.state());
            owner.now += 10_000;
        }
    }

    @Test
    void noAgreementClosesWithAWord() {
        reach(State.REQUEST_SENT);
        owner.agreeable = false;
        happen("RCN");
        assertEquals(State.CLOSING, automaton.state());
        happen("RTA");
        assertEquals(Ending.NO_AGREEMENT, owner.ending);
    }

    @Test
    void theTextOfATerminateRequestIsKeptAndMadeHarmless() {
        reach(State.OPENED);
        receive(ControlPacket.TERMINATE_REQUEST, 1, "a\u001b[31mb\n".getBytes());
        assertEquals("a?[31mb?", automaton.peerText());
        assertTrue(automaton.peerTerminated());
    }

    @Test
    void codeRejectsAreFewHoweverManyCodesAreUnknown() {
        reach(State.OPENED);
        for (int i = 0; i < 1_000; i++) {
            happen("RUC");
        }
        assertEquals(10, owner.actions.stream().filter("scj"::equals).count());
        assertEquals(990, owner.counts[PppCounter.TX_SUPPRESSED.ordinal()]);
    }

    @Test
    void configureRequestsStopAfterTheLimit() {
        reach(State.REQUEST_SENT);
        automaton.expire();
        automaton.expire();
        assertFalse(owner.actions.contains("tlf"));
        automaton.expire();
        assertEquals(List.of("scr", "scr", "scr", "tlf"), owner.actions);
        assertEquals(Ending.NO_ANSWER, owner.ending);
    }
}
