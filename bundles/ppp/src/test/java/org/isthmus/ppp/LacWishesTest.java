package org.isthmus.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LCP of an LNS whose LAC says what its line can do (RFC 3437). */
class LacWishesTest {
    private static final String ALL_WANTED = "01040578" + "0206000a0000" + "0702" + "0802" + "090304";

    private static Bench negotiating(String want, String allow) {
        LinkConfig link = LinkConfig.DEFAULT.withSizes(1492, 1492).withWishes(new LacWishes(octets(want), octets(allow)));
        Bench bench = new Bench(Fixtures.open(Fixtures.LOCAL, Fixtures.REMOTE).withLink(link));
        bench.open();
        return bench;
    }

    private static Optional<byte[]> octets(String hex) {
        return Optional.ofNullable(hex).map(HexFormat.of()::parseHex);
    }

    private static void nak(Bench bench, String options) {
        String identifier = bench.lastOf("c02101").substring(6, 8);
        bench.feed("c02103" + identifier + String.format("%04x", 4 + options.length() / 2) + options);
    }

    @Test
    void whatTheLacWantsIsAskedFor() {
        assertTrue(negotiating(ALL_WANTED, null).lastOf("c02101")
                .matches("c02101..001b" + "01040578" + "0206000a0000" + "0506[0-9a-f]{8}" + "0702" + "0802" + "090304"));
    }

    @ParameterizedTest
    @CsvSource({"01042328, 010405d4", "01040020, 01040080", "0104, 010405d4"})
    void theMruIsTheSmallerOfBothWishes(String want, String asked) {
        assertTrue(negotiating(want, null).lastOf("c02101").contains(asked), "a wish that cannot be read is none");
    }

    @Test
    void thePeerMayNotTalkUsIntoMoreThanTheLacTakes() {
        Bench bench = negotiating(ALL_WANTED, null);
        nak(bench, "010405dc" + "0206ffff0000" + "090302");
        String again = bench.lastOf("c02101");
        assertTrue(again.contains("01040578"), "the MRU stays");
        assertTrue(again.contains("0206ffff" + "0000"), "more may be escaped");
        assertFalse(again.contains("0903"), "a check sequence that the line does not have");
    }

    @Test
    void whatThePeerRejectsIsLeftOut() {
        Bench bench = negotiating(ALL_WANTED, null);
        bench.feed("c02104" + bench.lastOf("c02101").substring(6));
        assertTrue(bench.lastOf("c02101").matches("c02101..0004"));
    }

    @ParameterizedTest
    @CsvSource({
        "01040600, 03, 010405dc", // more than the LAC's line takes
        "01040400, 02, 01040400",
        "0206000affff, 03, 0206000a0000",
        "020600080000, 02, 020600080000",
        "0702, 02, 0702",
        "0802, 04, 0802", // not among what is allowed
        "090306, 03, 090304",
        "090304, 02, 090304",
        "090301, 04, 090301",
        "09040000, 04, 09040000"})
    void thePeerGetsWhatTheLacAllows(String options, String code, String answer) {
        Bench bench = negotiating(null, "010405dc" + "0206000a0000" + "0702" + "090304");
        bench.configure("c021", 9, options);
        assertEquals(answer, bench.lastOf("c021" + code).substring(12));
    }

    @ParameterizedTest
    @CsvSource({"020600000000, 04", "0702, 04", "0802, 04", "090304, 04", "01040400, 02", "05061234abcd, 02"})
    void aLacThatAllowsNothingHasTheRestRejected(String options, String code) {
        Bench bench = negotiating(null, "");
        bench.configure("c021", 9, options);
        assertEquals(options, bench.lastOf("c021" + code).substring(12), "size and magic number are no matter of the line");
    }
}
