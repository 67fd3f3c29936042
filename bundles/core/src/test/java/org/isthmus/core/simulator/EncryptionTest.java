package org.isthmus.core.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Optional;

import org.isthmus.api.dataplane.Dataplane.Ability;
import org.isthmus.api.dataplane.PppEncryption;
import org.isthmus.api.dataplane.PppPseudowire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions whose packets pass encrypted or not at all. */
class EncryptionTest {
    private final Pair pair = new Pair(1);

    private Pair up(String atLac, String atLns) {
        pair.lns.apply(Pair.LNS.replace("ip_pool_name users\n", "ip_pool_name users\n" + atLns + "\n"));
        pair.lac.apply(Pair.LAC + "ppp profile \"default\" {\n" + atLac + "\n}");
        return pair.settle();
    }

    private PppEncryption encryption(Appliance at, String session) {
        return at.dataplane().session(session).orElseThrow().encryption().orElseThrow(() -> new AssertionError(pair.world.trace()));
    }

    private String words(Appliance at, String session) {
        return at.session(session).ppp().orElseThrow().encryption();
    }

    private String cause() {
        return pair.lac.session("office/alice").lastCause().message();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\nauth_mschapv2 no\nauth_mschapv1 yes"})
    void bothEndsAreHandedTheKeysOfTheProof(String methods) {
        up("mppe require" + methods, "mppe require" + methods);
        pair.assertPackets();
        PppEncryption lac = encryption(pair.lac, "office/alice");
        PppEncryption lns = encryption(pair.lns, pair.lnsSession());
        assertArrayEquals(lac.send().startKey(), lns.receive().startKey());
        assertArrayEquals(lac.receive().startKey(), lns.send().startKey());
        assertEquals("PppEncryption[send=Direction[bits=128, stateless=true], receive=Direction[bits=128, stateless=true]]", lns.toString());
        assertTrue(((PppPseudowire) pair.lns.dataplane().session(pair.lnsSession()).orElseThrow().spec().pseudowire()).encrypted());
        assertEquals("MPPE 128 bits stateless", words(pair.lns, pair.lnsSession()));
        Pair plain = new Pair(1).up();
        assertEquals(plain.lns.session(plain.lnsSession()).ppp().orElseThrow().mtu() - 4,
                pair.lns.session(pair.lnsSession()).ppp().orElseThrow().mtu(), "what encryption adds has to fit");
        assertFalse(pair.world.trace().contains("MppeKeys["));
        pair.assertNothingLeft();
    }

    @Test
    void theProfilesSayHowLongKeysAre() {
        up("mppe require\nmppe_key_bits 128 40", "mppe require\nmppe_key_bits 40 56");
        assertEquals("MPPE 40 bits stateless", words(pair.lns, pair.lnsSession()));
        pair.assertPackets();
    }

    @Test
    void stateIsAgreedOnWhereBothProfilesPreferIt() {
        up("mppe require\nmppe_stateful prefer", "mppe require\nmppe_stateful prefer");
        assertEquals("MPPE 128 bits stateful", words(pair.lns, pair.lnsSession()));
    }

    @Test
    void aPeerThatDoesNotEncryptIsRefusedAndBothSayWhy() {
        up("mppe off", "mppe require");
        pair.world.runSeconds(10);
        assertFalse(pair.isUp());
        assertTrue(cause().contains("compulsory encryption") || cause().contains("encryption is required"), cause());
        pair.lac.apply(Pair.LAC + "ppp profile \"default\" {\nmppe require\n}");
        pair.world.runSeconds(60);
        pair.lac.apply(Pair.LAC.replace("session \"alice\"", "session \"again\"") + "ppp profile \"default\" {\nmppe require\n}");
        pair.settle();
        assertEquals("MPPE 128 bits stateless", words(pair.lac, "office/again"));
    }

    @Test
    void aDataPlaneThatDoesNotEncryptIsNamed() {
        pair.lac.dataplane().can(EnumSet.of(Ability.L2TPV2, Ability.L2TPV3, Ability.UDP, Ability.IP, Ability.PPP, Ability.PASSING));
        up("mppe require", "mppe require");
        assertTrue(cause().contains("the data plane 'sim' does not encrypt"), cause());
    }

    @Test
    void aDataPlaneWithFewStrengthsLimitsThem() {
        EnumSet<Ability> few = EnumSet.complementOf(EnumSet.of(Ability.SOCKET_PER_TUNNEL, Ability.MPPE_ALL_KEYS));
        pair.lac.dataplane().can(few);
        up("mppe require\nmppe_key_bits 56 40", "mppe require\nmppe_key_bits 56 40");
        assertEquals("MPPE 40 bits stateless", words(pair.lac, "office/alice"));
    }

    @ParameterizedTest
    @EnumSource(value = SimDataplane.Fault.class, names = {"REFUSES", "THROWS"})
    void aPathThatIsNotReadyEndsTheSessionWithItsReason(SimDataplane.Fault fault) {
        pair.lac.dataplane().fault(SimDataplane.Point.ENCRYPTION, fault);
        up("mppe require", "mppe require");
        assertTrue(cause().contains("encryption is required and not possible: "), cause());
        assertTrue(cause().contains("by the test"), cause());
    }

    @Test
    void anotherDataPlaneTakesOverWithNewKeysInUse() {
        up("mppe require", "mppe require");
        pair.assertPackets();
        pair.lns.swapDataplane("other");
        pair.settle();
        assertEquals("MPPE 128 bits stateless", words(pair.lns, pair.lnsSession()));
        assertEquals(Optional.empty(), pair.lns.session(pair.lnsSession()).retryAt());
        pair.assertPackets();
    }

    @Test
    void whatCannotBeDecryptedForLongHasEncryptionBeginAnew() {
        up("mppe require", "mppe require");
        for (int i = 0; i < 8; i++) {
            pair.lns.dataplane().session(pair.lnsSession()).orElseThrow().failToDecrypt();
            pair.world.runSeconds(2);
        }
        pair.assertPackets();
        pair.assertNothingLeft();
    }

    @Test
    void aProfileThatCannotGiveKeysIsAMistake() {
        assertTrue(problems("mppe require\nauth_mschapv2 no\nauth_mschapv1 no").contains("mppe takes its keys from MS-CHAP"));
        assertTrue(problems("mppe require\nppp_provider pppd\nmppe_key_bits 56").contains("56 is more than pppd can"));
        assertEquals("[]", problems("mppe require\nmppe_key_bits 56 40\nmppe_stateful allow"));
    }

    private String problems(String settings) {
        return pair.lac.admin().preview(Conf.file("ppp profile \"x\" {\n" + settings + "\n}\n")).problems().toString();
    }
}
