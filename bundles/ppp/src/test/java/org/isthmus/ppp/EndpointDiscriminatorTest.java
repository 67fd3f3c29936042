package org.isthmus.ppp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointDiscriminatorTest {
    private static EndpointDiscriminator of(String hex) {
        return EndpointDiscriminator.read(HexFormat.of().parseHex(hex)).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"00, null", "01ab, local ab", "02c0000201, ip 192.0.2.1", "0302005e000001, mac 02:00:5e:00:00:01",
        "0400000001, magic 00000001", "0512, phone 12", "ff01, class 255 01"})
    void isShownByItsClass(String hex, String words) {
        assertEquals(words, of(hex).toString());
        assertArrayEquals(HexFormat.of().parseHex(hex), of(hex).octets());
    }

    @Test
    void classAndAddressTellSystemsApart() {
        assertEquals(of("0102"), of("0102"));
        assertEquals(of("0102").hashCode(), of("0102").hashCode());
        assertNotEquals(of("0102"), of("0103"));
        assertNotEquals(of("0102"), of("0602"));
    }

    @Test
    void whatIsDrawnIsReadAsWhatItIs() {
        EndpointDiscriminator drawn = EndpointDiscriminator.draw(new Random(1));
        assertEquals(21, drawn.octets().length);
        assertEquals(drawn, EndpointDiscriminator.read(drawn.octets()).orElseThrow());
        assertNotEquals(drawn, EndpointDiscriminator.draw(new Random(2)));
    }
}
