package org.isthmus.protocol.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.CallResult;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.MessageWriter;
import org.isthmus.protocol.wire.Octets;
import org.isthmus.protocol.wire.ResultCode;
import org.junit.jupiter.api.Test;

/** What a trace says, and what it keeps to itself. */
class MessageTraceTest {

    @Test
    void saysEachAvpByNameWithItsMeaning() {
        MessageTrace trace = trace(new MessageWriter(MessageType.SCCRQ, 0, 0)
                .number(AvpType.PROTOCOL_VERSION, 0x0100)
                .text(AvpType.HOST_NAME, "lac\u001b[1m")
                .number(AvpType.FRAMING_CAPABILITIES, 3)
                .number(AvpType.ASSIGNED_TUNNEL_ID, 4711)
                .octets(AvpType.CHALLENGE, new byte[] {1, 2, (byte) 0xff}));
        assertEquals("SCCRQ tunnel 0 Ns 0 Nr 0, Host Name \"lac?[1m\", Assigned Tunnel ID 4711", trace.summary());
        assertEquals("""
                SCCRQ tunnel 0 Ns 0 Nr 0, Host Name "lac?[1m", Assigned Tunnel ID 4711
                    M  Message Type               SCCRQ (1)
                    M  Protocol Version           1.0
                    M  Host Name                  "lac?[1m"
                    M  Framing Capabilities       synchronous, asynchronous (0x00000003)
                    M  Assigned Tunnel ID         4711
                    M  Challenge                  0102ff""", trace.toString());
    }

    @Test
    void saysWhyACallEnds() {
        MessageTrace trace = trace(new MessageWriter(MessageType.CDN, 7, 9)
                .resultCode(ResultCode.of(CallResult.BUSY, "try later")).number(AvpType.ASSIGNED_SESSION_ID, 3));
        assertEquals("CDN tunnel 7 session 9 Ns 0 Nr 0, Result Code call failed: busy (8), \"try later\","
                + " Assigned Session ID 3", trace.summary());
    }

    @Test
    void keepsSecretsToItself() {
        byte[] password = "opensesame".getBytes(StandardCharsets.UTF_8);
        MessageTrace trace = trace(new MessageWriter(MessageType.ICCN, 7, 9)
                .number(AvpType.PROXY_AUTHEN_TYPE, 3)
                .octets(AvpType.PROXY_AUTHEN_NAME, "alice".getBytes(StandardCharsets.UTF_8))
                .octets(AvpType.PROXY_AUTHEN_RESPONSE, password)
                .octets(AvpType.CHALLENGE_RESPONSE, "0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
        String words = trace.toString();
        assertTrue(words.contains("PPP PAP (3)") && words.contains("\"alice\""), words);
        assertTrue(words.contains("Proxy Authen Response      10 octets"), words);
        assertTrue(words.contains("Challenge Response         16 octets"), words);
        assertFalse(words.contains("opensesame") || words.contains("6f70656e"), words);
        String hidden = trace(new MessageWriter(MessageType.ICRQ, 7, 0)
                .hiding("secret".getBytes(StandardCharsets.UTF_8), new Random(1))
                .text(AvpType.CALLED_NUMBER, "5551234")).toString();
        assertTrue(hidden.contains("MH Called Number              hidden, "), hidden);
        assertFalse(hidden.contains("5551234"), hidden);
    }

    @Test
    void saysWhatALacHeardFromItsCaller() {
        String words = trace(new MessageWriter(MessageType.ICCN, 7, 9).octets(AvpType.LAST_SENT_LCP_CONFREQ,
                Octets.hex("010405dc 0305c22305 0506deadbeef 0702 0802 0100"))).toString();
        assertTrue(words.contains("MRU 1500, authentication CHAP with MD5, magic 0xdeadbeef, protocol field compression,"
                + " address and control field compression, malformed"), words);
    }

    @Test
    void namesWhatIsNotKnownByItsNumbers() {
        String words = MessageTrace.of(Octets.control(1, 0, "800800000000 0006 000a 0009 0063 01020304 8008 0000 03e7 0000"))
                .toString();
        assertEquals("""
                HELLO tunnel 1 Ns 0 Nr 0
                    M  Message Type               HELLO (6)
                       Vendor 9 Attribute 99      4 octets
                    M  Attribute 999              2 octets""", words);
    }

    @Test
    void saysWhereAMessageIsBroken() {
        assertTrue(MessageTrace.of(Octets.control(1, 0, "800800000000 0006 8020 0000 0007 41")).summary()
                .endsWith("malformed an AVP of 32 octets with 7 octets left"));
        assertEquals("too short to be L2TP: 1 octet", MessageTrace.of(Octets.datagram("c8")).summary());
        assertEquals("ZLB tunnel 5 Ns 1 Nr 2, Length 12 in 13 octets",
                MessageTrace.of(Octets.datagram("c802000c 0005 0000 0001 0002 00")).summary());
        assertEquals("message type 99 tunnel 1 Ns 0 Nr 0", MessageTrace.of(Octets.control(1, 0, "800800000000 0063")).summary());
    }

    @Test
    void saysWhatDataCarriesButNotItsContents() {
        String pap = MessageTrace.of(Octets.datagram("0002 0005 0006 ff03 c023 0107000c 03626f62 0361616100")).summary();
        assertEquals("data tunnel 5 session 6: PPP PAP Authenticate-Request id 7, 17 octets", pap);
        assertEquals("data tunnel 5 session 6: PPP IPv4, 3 octets",
                MessageTrace.of(Octets.datagram("0002 0005 0006 21 4500")).summary());
        assertEquals("v3 data session 4294967295, 9 octets", MessageTrace.of(Octets.datagram("00030000 ffffffff 00")).summary());
    }

    private static MessageTrace trace(MessageWriter writer) {
        return MessageTrace.of(ByteBuffer.wrap(writer.toBytes()));
    }
}
