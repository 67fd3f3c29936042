package org.isthmus.ppp.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.isthmus.ppp.AuthConfig;
import org.isthmus.ppp.LinkConfig;
import org.isthmus.ppp.PppConfig;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.lcp.LcpOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values a link may start from. */
class ProxyJudgeTest {
    private static final String CHAP_REQUEST = "0104 05d4 0305 c223 05 0506 11223344";
    private static final String PAP_REQUEST = "0104 05d4 0304 c023 0506 11223344";
    private static final String CLIENT = "0104 05d4 0506 55667788 0702 0802";
    private static final String CHALLENGE = "000102030405060708090a0b0c0d0e0f";
    private static final String RESPONSE = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
    private static final PppConfig LNS = PppConfig.server(AuthConfig.demand("lns",
            List.of(AuthenticationProtocol.CHAP_MD5, AuthenticationProtocol.PAP)));

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static Optional<byte[]> request(String digits) {
        return "-".equals(digits) ? Optional.empty() : Optional.of(hex(digits));
    }

    private static ProxyValues chap(String sent, String received) {
        return new ProxyValues(Optional.empty(), request(sent), request(received), OptionalInt.of(ProxyValues.CHAP),
                "alice".getBytes(), hex(CHALLENGE), OptionalInt.of(1), hex(RESPONSE));
    }

    private static ProxyValues with(String sent, int type, String name, String challenge, int id, String response) {
        return new ProxyValues(Optional.empty(), request(sent), request(CLIENT),
                type < 0 ? OptionalInt.empty() : OptionalInt.of(type), name.getBytes(), hex(challenge),
                id < 0 ? OptionalInt.empty() : OptionalInt.of(id), hex(response));
    }

    private static String refusal(ProxyValues values) {
        return assertInstanceOf(ProxyStart.Refused.class, ProxyJudge.judge(values, LNS, false)).why();
    }

    private static ProxyStart.Taken taken(ProxyValues values, PppConfig config, boolean force) {
        return assertInstanceOf(ProxyStart.Taken.class, ProxyJudge.judge(values, config, force));
    }

    private static LcpOptions options(byte[] octets) {
        return LcpOptions.read(octets).orElseThrow();
    }

    @Test
    void theFirstRequestOfThePeerIsNotNeeded() {
        ProxyStart.Taken taken = taken(chap(CHAP_REQUEST, CLIENT), LNS, false);
        assertEquals(1492, options(taken.ours()).mru());
        assertEquals(0x55667788, options(taken.peers()).magic());
        assertEquals("alice", taken.proof().orElseThrow().attempt().name());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // what the LAC asked for         | what the client asked for | why it cannot be
        "-                                | 0506 55667788             | there is no Last Sent LCP CONFREQ",
        "0305 c223 05                     | -                         | there is no Last Received LCP CONFREQ",
        "0305 c223                        | 0506 55667788             | Last Sent LCP CONFREQ cannot be read",
        "0305 c223 05                     | 0506 5566                 | Last Received LCP CONFREQ cannot be read",
        "0305 c223 05                     | 0505 556677               | Last Received LCP CONFREQ cannot be read",
        "0305 c223 05 0506 11223344       | 0506 11223344             | both ends have the same magic number",
        "0305 c223 05                     | 0304 c023                 | the peer demands that we authenticate",
        "0305 c223 05                     | 0104 0010                 | an MRU is below 128",
        "0304 c227                        | 0506 55667788             | the peer was asked for a proof that cannot be judged here: EAP",
        "0104 2328 0305 c223 05           | 0506 55667788             | the peer was told MRU 9000, and ours is 1500",
        "0305 c223 05                     | 1104 05dc                 | the peer was granted multilink MRRU 1500",
        "0305 c223 05 0d03 06             | 0506 55667788             | the peer was asked for callback",
        "0305 c223 81                     | 0506 55667788             | the peer was asked for MS-CHAPv2, which the ppp profile does not ask for",
        "0304 c023                        | 0506 55667788             | 'a proof of type 2, but the peer was asked for PAP'",
        "0506 11223344                    | 0506 55667788             | 'a proof of type 2, but the peer was asked for no proof'"})
    void whatDoesNotFitIsNegotiatedAnew(String sent, String received, String why) {
        assertEquals(why, refusal(chap(sent, received)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
        "2 | ''    | 0011 | 1  | 00 | there is no usable Proxy Authen Name",
        "2 | alice | ''   | 1  | f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff | there is no usable Proxy Authen Challenge",
        "2 | alice | 0011 | -1 | f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff | there is no Proxy Authen ID",
        "2 | alice | 0011 | 1  | f0f1 | challenge or response are not those of CHAP-MD5",
        "5 | alice | 0011 | 1  | f0f1 | 'a proof of type 5, but the peer was asked for CHAP-MD5'",
        "3 | alice | ''   | 1  | 3132 | 'a proof by PAP, but the peer was asked for CHAP-MD5'",
        "1 | alice | ''   | 1  | 3132 | a typed password and CHAP-MD5 at once"})
    void aProofThatIsNotWholeIsNegotiatedAnew(int type, String name, String challenge, int id, String response,
            String why) {
        assertEquals(why, refusal(with(CHAP_REQUEST, type, name, challenge, id, response)));
    }

    @Test
    void papNeedsItsIdentifier() {
        assertEquals("there is no Proxy Authen ID", refusal(with(PAP_REQUEST, 3, "alice", "", -1, "3132")));
        assertEquals(7, taken(with(PAP_REQUEST, 3, "alice", "", 7, "3132"), LNS, false).proof().orElseThrow()
                .identifier());
    }

    @Test
    void whoeverMustProveWhoItIsCannotBeLetInUnasked() {
        assertEquals("the peer was asked for no proof, which the ppp profile does not ask for",
                refusal(with("0506 11223344", 4, "", "", -1, "")));
        assertTrue(taken(with("0506 11223344", 4, "", "", -1, ""), LNS, true).proof().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6, 9})
    void theRequestSaysWhichChapItIsWhateverTheNumber(int type) {
        PppConfig lns = PppConfig.server(AuthConfig.demand("lns", List.of(AuthenticationProtocol.MSCHAP_V2)));
        ProxyStart.Taken taken = taken(with("0305 c223 81", type, "alice", CHALLENGE, 3, "00".repeat(49)), lns, false);
        assertEquals(AuthenticationProtocol.MSCHAP_V2, taken.proof().orElseThrow().attempt().protocol());
    }

    @Test
    void byForceTheFirstRequestStandsInForTheLast() {
        ProxyValues values = new ProxyValues(request(CLIENT), request(CHAP_REQUEST), Optional.empty(),
                OptionalInt.of(ProxyValues.CHAP), "alice".getBytes(), hex(CHALLENGE), OptionalInt.of(1), hex(RESPONSE));
        assertEquals("there is no Last Received LCP CONFREQ", refusal(values));
        assertEquals(1492, options(taken(values, LNS, true).peers()).mru());
    }

    @Test
    void anMruThatTheProfileAllowsIsTaken() {
        PppConfig jumbo = LNS.withLink(LinkConfig.DEFAULT.withSizes(9000, 9000));
        assertEquals(9000, options(taken(chap("0104 2328 0305 c223 05", CLIENT), jumbo, false).ours()).mru());
    }
}
