package org.isthmus.dataplane.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.api.dataplane.PppPseudowire;
import org.isthmus.api.dataplane.Sequencing;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.api.dataplane.SessionSpec;
import org.isthmus.api.dataplane.TunnelPath;
import org.isthmus.api.dataplane.V2Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.ExecutionException;

/** What a session promises of PPP control frames, header options and sequence numbers: all without an interface or a privilege. */
class UserSessionTest {

    private final Wire wire = new Wire();
    private UserDataplane plane;
    private TunnelPath tunnel;

    @BeforeEach
    void open() throws Exception {
        plane = new UserDataplane();
        tunnel = plane.openTunnel(Wire.tunnel(2), wire).toCompletableFuture().get();
    }

    @AfterEach
    void close() {
        plane.deactivate();
    }

    @Test
    void aControlFrameIsSentBehindTheHeaderThatTheProfileAsksFor() throws Exception {
        open(Wire.session(true)).sendPpp(Wire.direct("c021 01010004"));
        open(spec(2, false, true, 0, false, false)).sendPpp(Wire.direct("c021 01010004"));
        open(spec(3, false, false, 2, false, false)).sendPpp(Wire.direct("c021 01010004"));
        open(spec(4, false, false, 0, true, false)).sendPpp(Wire.direct("c021 01010004"));
        SessionPath sequenced = open(spec(5, true, false, 0, false, false));
        sequenced.sendPpp(Wire.direct("c021 01010004"));
        sequenced.sendPpp(Wire.direct("c021 01010004"));
        open(spec(6, true, true, 1, true, true)).sendPpp(Wire.direct("c021 01010004"));

        assertEquals(
                List.of(
                        "000200210022" + "ff03" + "c02101010004",
                        "4002000e00210022" + "c02101010004",
                        "020200210022" + "00020000" + "c02101010004",
                        "010200210022" + "c02101010004",
                        "08020021002200000000" + "c02101010004",
                        "08020021002200010000" + "c02101010004",
                        "4b0200170021002200000000" + "000100" + "ff03" + "c02101010004"),
                wire.sent);
        assertEquals(2, sequenced.counters().txPackets());
        assertEquals(8, sequenced.counters().txBytes());
    }

    @Test
    void aFrameIsTakenOutOfWhateverTheHeaderHolds() throws Exception {
        SessionPath session = open(Wire.session(true));
        for (String packet : List.of(
                "0002 0011 0012 ff03 c021 01010004",
                "0002 0011 0012 c021 01010004",
                "4002 000e 0011 0012 c021 01010004 0000",
                "0a02 0011 0012 0000 0000 0003 000000 ff03 c021 01010004",
                "0102 0011 0012 c021 01010004",
                "0002 0011 0012 21 4500")) {
            tunnel.receive(Wire.direct(packet), 0);
        }

        assertEquals(List.of("c02101010004", "c02101010004", "c02101010004", "c02101010004", "c02101010004", "214500"), wire.frames);
        assertEquals(6, session.counters().rxPackets());
        assertEquals(5 * 4 + 2, session.counters().rxBytes());
        assertEquals(0, session.counters().rxErrors());
    }

    @Test
    void whatMakesNoSenseIsCountedAndNothingElse() throws Exception {
        SessionPath session = open(Wire.session(true));
        tunnel.receive(Wire.direct("c802 000c 0011 0000 0000 0000"), 0);
        tunnel.receive(Wire.direct("0002 0011"), 0);
        tunnel.receive(Wire.direct("0002 0099 0012 c021"), 0);
        tunnel.receive(Wire.direct("0002 0011 0099 c021"), 0);
        tunnel.receive(Wire.direct("0002 0011 0012"), 0);
        tunnel.receive(Wire.direct("0002 0011 0012 c0"), 0);

        assertEquals(3, tunnel.counters().malformed());
        assertEquals(1, tunnel.counters().unknownSession());
        assertEquals(2, session.counters().rxErrors());
        assertEquals(List.of(), wire.frames);
    }

    @Test
    void networkPacketsGoToThePppEngineUntilTheirNetworkIsAskedFor() throws Exception {
        SessionPath session = open(Wire.session(true));
        tunnel.receive(Wire.direct("0002 0011 0012 0021 45000014"), 0);
        tunnel.receive(Wire.direct("0002 0011 0012 0057 60000000"), 0);
        assertEquals(List.of("002145000014", "005760000000"), wire.frames);
        assertEquals("", session.interfaceName());
    }

    @Test
    void aLacFollowsTheLnsInSendingSequenceNumbers() throws Exception {
        SessionPath session = open(Wire.session(false));
        session.sendPpp(Wire.direct("c021"));
        tunnel.receive(Wire.direct("0802 0011 0012 0000 0000 c021"), 0);
        session.sendPpp(Wire.direct("c021"));
        session.sendPpp(Wire.direct("c021"));
        tunnel.receive(Wire.direct("0002 0011 0012 c021"), 0);
        session.sendPpp(Wire.direct("c021"));
        tunnel.receive(Wire.direct("0802 0011 0012 0001 0000 c021"), 0);
        session.sendPpp(Wire.direct("c021"));

        assertEquals(List.of(true, false, true), wire.sequencing);
        assertEquals(
                List.of("000200210022ff03c021", "08020021002200000000ff03c021", "08020021002200010000ff03c021",
                        "000200210022ff03c021", "08020021002200020000ff03c021"),
                wire.sent, "switched on again, the numbers go on where they stopped");
    }

    @Test
    void anotherPathOfTheSessionGoesOnWithItsNumbers() throws Exception {
        SessionPath session = open(spec(2, true, false, 0, false, false).numberedFrom(0xffff));
        session.sendPpp(Wire.direct("c021"));
        session.close();
        open(spec(2, true, false, 0, false, false).numberedFrom(session.nextNumber())).sendPpp(Wire.direct("c021"));
        assertEquals(List.of("080200210022ffff0000c021", "08020021002200000000c021"), wire.sent);
    }

    @Test
    void anLnsDecidesForItself() throws Exception {
        SessionPath session = open(Wire.session(true));
        tunnel.receive(Wire.direct("0802 0011 0012 0000 0000 c021"), 0);
        session.sendPpp(Wire.direct("c021"));
        assertEquals(List.of(), wire.sequencing);
        assertEquals(List.of("000200210022ff03c021"), wire.sent);
    }

    @Test
    void lateAndDoublePacketsAreDropped() throws Exception {
        SessionPath session = open(Wire.session(true));
        for (String ns : List.of("0000", "0002", "0001", "0002", "0003")) {
            tunnel.receive(Wire.direct("0802 0011 0012" + ns + "0000 c0" + ns.substring(2)), 0);
        }
        assertEquals(List.of("c000", "c002", "c003"), wire.frames);
        assertEquals(1, session.counters().rxLate());
        assertEquals(1, session.counters().rxDuplicate());
    }

    @Test
    void whereSequenceNumbersAreRequiredAPacketWithoutOneIsDroppedAndNotFollowed() throws Exception {
        SessionPath session = open(Wire.v2("s1", 0x12, 0x22, false, true, true, false, 0, false, false, "", 1400, true, true));
        tunnel.receive(Wire.direct("0002 0011 0012 c021"), 0);
        session.sendPpp(Wire.direct("c021"));
        assertEquals(1, session.counters().rxUnsequenced());
        assertEquals(List.of(), wire.frames);
        assertEquals(List.of(), wire.sequencing);
        assertEquals(List.of("08020021002200000000c021"), wire.sent);
    }

    @Test
    void aRefusalOfTheKernelIsCounted() throws Exception {
        SessionPath session = open(Wire.session(true));
        wire.result = -11;
        session.sendPpp(Wire.direct("c021"));
        session.sendPpp(Wire.direct("c0"));
        assertEquals(2, session.counters().txErrors());
        assertEquals(0, session.counters().txPackets());
    }

    @Test
    void aClosedSessionIsGone() throws Exception {
        SessionPath session = open(Wire.session(true));
        session.close();
        session.close();
        tunnel.receive(Wire.direct("0002 0011 0012 c021"), 0);
        assertEquals(1, tunnel.counters().unknownSession());
        session.sendPpp(Wire.direct("c021"));
        assertEquals(List.of(), wire.sent);
        open(Wire.session(true));
        session.close();
        tunnel.receive(Wire.direct("0002 0011 0012 c021"), 0);
        assertEquals(1, wire.frames.size(), "closing the old one again does not touch the new one");
    }

    @Test
    void whatCannotBeServedIsRefusedWithWords() throws Exception {
        open(Wire.session(true));
        assertEquals("session s1: tunnel t1 (id 17) has a session with the id 18 already",
                refusal(assertThrows(ExecutionException.class, () -> open(Wire.session(true)))));
        assertEquals("tunnel t1: the data plane 'user' carries L2TPv2 and L2TPv3, not L2TPv4", refusal(assertThrows(
                ExecutionException.class, () -> plane.openTunnel(Wire.tunnel(4), wire).toCompletableFuture().get())));
    }

    @Test
    void aSessionWhosePppRunsInAnotherProcessIsRefusedWithWords() {
        SessionSpec wanted = new SessionSpec("s1", 0x12, 0x22, true, Sequencing.NONE, V2Header.PLAIN,
                new PppPseudowire(true, true, true, true), "", 1400);
        assertEquals("session s1: PPP outside of this process needs sessions in the kernel, and the data plane 'user' serves this one:"
                + " set ppp_provider internal in its ppp profile, or have the data plane 'kernel' serve its tunnel",
                refusal(assertThrows(ExecutionException.class, () -> open(wanted))));
    }

    private SessionPath open(SessionSpec spec) throws Exception {
        return tunnel.openSession(spec, wire).toCompletableFuture().get();
    }

    private static SessionSpec spec(int id, boolean sequence, boolean length, int offset, boolean priority, boolean hdlc) {
        return Wire.v2("s" + id, id, 0x22, true, sequence, false, length, offset, priority, hdlc, "", 1400, true, true);
    }

    private static String refusal(ExecutionException e) {
        assertInstanceOf(DataplaneException.class, e.getCause());
        assertTrue(e.getCause().getMessage().length() > 0);
        return e.getCause().getMessage();
    }
}
