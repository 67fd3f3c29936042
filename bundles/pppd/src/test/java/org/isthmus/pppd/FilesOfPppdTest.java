package org.isthmus.pppd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.Secret;
import org.isthmus.api.config.UserSecret;
import org.isthmus.linux.ChildProcess.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written for pppd, and what is read of it. */
class FilesOfPppdTest {

    private static UserSecret user(String name, String password, String... addresses) {
        return new UserSecret(name, "*", Secret.of(password), List.of(addresses), "l2tp-secrets:1");
    }

    @Test
    void usersAreWrittenAsTheEnginesOwnJudgeReadsThem() {
        assertEquals("""
                "alice" "*" "wonder\\040land" *
                "bob" "*" "b" 10.0.0.7
                "carol" "*" "c" *
                "dave" "*" "d" -
                "DOM\\134eve" "*" "e" *
                """, SecretsFile.of(List.of(user("alice", "wonder land"), user("bob", "b", "10.0.0.7"),
                user("carol", "c", "10.0.0.0/24"), user("dave", "d", "-"), user("DOM\\eve", "e", "*"))));
    }

    @Test
    void aUserWhomPppdWouldLetInWithAnyPasswordIsLeftOut() {
        assertEquals("", SecretsFile.of(List.of(user("alice", ""), user("bob", "@/etc/passwd"))));
    }

    @ParameterizedTest
    @CsvSource({"0, true, 3, the peer ended PPP", "2, false, 0, options", "4, false, 0, ppp_generic", "10, false, 18, no network protocol",
            "11, true, 16, did not prove", "15, true, 8, echo", "17, false, 7, looped", "19, false, 16, user_name", "99, false, 0, 99"})
    void eachExitStatusHasWordsAndACodeForTheLac(int status, boolean byPeer, int code, String words) {
        var end = ExitWords.of(new Exit(status, 0), "");
        assertEquals(byPeer, end.byPeer());
        assertEquals(code, end.disconnectCode());
        assertTrue(end.message().contains(words), end.message());
    }

    @Test
    void theLastWordsOfPppdExplainItsEnd() {
        assertEquals("pppd met a fatal error (pppd says: Couldn't open the /dev/ppp device)",
                ExitWords.of(new Exit(1, 0), "Couldn't open the /dev/ppp device").message());
        assertEquals("pppd was ended by signal 9", ExitWords.of(new Exit(0, 9), "").message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Using interface ppp0", "Connect: ppp0 <--> ", "local  IP address 10.9.0.1", "Connect time 0.3 minutes.", "",
            "CHAP authentication succeeded", "MPPE 128-bit stateless compression enabled"})
    void whatPppdAlwaysSaysExplainsNothing(String line) {
        assertTrue(Sayings.isRoutine(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MPPE required but peer refused", "LCP terminated by peer", "No response to 5 echo-requests"})
    void whatEndsItDoes(String line) {
        assertTrue(!Sayings.isRoutine(line));
    }

    @Test
    void anEventIsReadWhateverThePeerCallsItself() {
        assertEquals(Optional.of(new PppEvent(PppEvent.Kind.IP_UP, 7, "ppp0", "10.9.0.1", "10.9.0.2", "", "", "a\tb\nip-up")),
                PppEvent.parse("ip-up\t7\tppp0\t10.9.0.1\t10.9.0.2\t\t\ta\tb\nip-up".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ip-up", "ip-sideways\t7\tppp0\t\t\t\t\t", "ip-up\tx\tppp0\t\t\t\t\t", "ip-up\t-1\tppp0\t\t\t\t\t"})
    void whatIsNoEventIsNone(String piece) {
        assertEquals(Optional.empty(), PppEvent.parse(piece.getBytes(StandardCharsets.UTF_8)));
    }
}
