package org.isthmus.protocol.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.isthmus.protocol.wire.Avp;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.ProtocolVersion;
import org.isthmus.protocol.wire.VendorAvp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** AVPs of vendors, which the owner of a tunnel adds to messages and hears of. */
class VendorAvpsTest {

    private static final byte[] VALUE = {1, 2, 3};

    private static TunnelPair pair(ProtocolVersion version) {
        TunnelConfigBuilder first = TunnelConfig.builder().localTunnelId(11).hostName("first").version(version);
        TunnelConfigBuilder second = TunnelConfig.builder().localTunnelId(22).hostName("second").version(version);
        return new TunnelPair(first.build(), second.build());
    }

    private static List<VendorAvp> one(boolean mandatory) {
        return List.of(new VendorAvp(mandatory, 32473, 7, VALUE));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void whatTheOwnerAddsIsTheLastOfAMessageAndIsHeardAtTheOtherEnd(ProtocolVersion version) {
        TunnelPair pair = pair(version);
        pair.first.adds = one(false);
        pair.settle();
        assertTrue(pair.second.tunnel.state() == TunnelState.ESTABLISHED, () -> String.valueOf(pair.second.closed));
        ControlMessage scccn = pair.second.heard.get(pair.second.heard.size() - 1);
        assertEquals(MessageType.SCCCN, scccn.type());
        Avp heard = scccn.unknown().get(scccn.unknown().size() - 1);
        assertEquals(32473, heard.vendorId());
        assertEquals(7, heard.attribute());
        assertFalse(heard.mandatory());
        assertArrayEquals(VALUE, heard.bytes());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void aMandatoryOneEndsTheTunnelUnlessTheOwnerKnowsIt(ProtocolVersion version) {
        TunnelPair stranger = pair(version);
        stranger.first.adds = one(true);
        stranger.settle();
        assertTrue(stranger.second.closed.words().contains("unknown mandatory AVP, vendor 32473 attribute 7"),
                stranger.second.closed.words());

        TunnelPair friend = pair(version);
        friend.first.adds = one(true);
        friend.second.knows = true;
        friend.settle();
        assertEquals(TunnelState.ESTABLISHED, friend.second.tunnel.state());
    }

    @Test
    void anAnswerToAStrangerGoesWithoutRatherThanBecomingLargerThanTheRequest() {
        TunnelPair pair = pair(ProtocolVersion.V2);
        pair.second.adds = List.of(new VendorAvp(false, 32473, 7, new byte[500]));
        pair.settle();
        assertEquals(TunnelState.ESTABLISHED, pair.first.tunnel.state());
        assertTrue(pair.first.heard.get(0).unknown().isEmpty());
        assertTrue(pair.wire.get(1).length <= pair.wire.get(0).length);
    }

    @Test
    void whatWouldMakeAMessageTooLongToBeReadIsLeftOut() {
        byte[] message = new byte[100];
        VendorAvp large = new VendorAvp(false, 32473, 7, new byte[VendorAvp.MAX_VALUE_BYTES]);
        assertEquals(message.length + 3 * Avp.MAX_BYTES, VendorAvp.append(message, List.of(large, large, large)).length);
        assertEquals(message, VendorAvp.append(message, List.of(large, large, large, large)));
    }

    @Test
    void whatIsNoAvpCannotBeMade() {
        assertThrows(IllegalArgumentException.class, () -> new VendorAvp(false, 0, 7, VALUE));
        assertThrows(IllegalArgumentException.class, () -> new VendorAvp(false, 0x10000, 7, VALUE));
        assertThrows(IllegalArgumentException.class, () -> new VendorAvp(false, 9, 7, new byte[VendorAvp.MAX_VALUE_BYTES + 1]));
    }
}
