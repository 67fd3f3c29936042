package org.isthmus.api.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypesTest {

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "255.255.255.255", "0.0.0.0", "::1", "2001:db8::1", "fe80::1"})
    void takesLiteralAddresses(String text) throws InvalidValueException {
        assertEquals(text, ValueTypes.ADDRESS.format(ValueTypes.ADDRESS.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0", "10.0.0.256", "010.0.0.1", "1.2.3.4.5", "localhost", "g::1", ":::", "::1/64",
            "face:b00k::1", "12345", "[::1]", "1:2"})
    void takesNothingElseForAnAddressAndAsksNoNameServer(String text) {
        assertThrows(InvalidValueException.class, () -> ValueTypes.ADDRESS.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"2001:db8:0:0:0:0:0:1, 2001:db8::1", "0:0:0:0:0:0:0:0, ::", "1:0:0:2:0:0:0:3, 1:0:0:2::3",
            "1:0:3:4:5:6:7:8, 1:0:3:4:5:6:7:8", "0:0:1:0:0:0:0:0, 0:0:1::", "2001:DB8::a:0:0:1, 2001:db8::a:0:0:1"})
    void writesIpv6AsRfc5952Wants(String text, String written) throws InvalidValueException {
        assertEquals(written, ValueTypes.ADDRESS.format(ValueTypes.ADDRESS.parse(text)));
    }

    @Property
    void writesEveryIpv6AddressSoThatItIsReadBack(@ForAll @Size(16) byte[] bytes) throws Exception {
        for (int i = 2; i < 12; i++) {
            bytes[i] = bytes[i] < 64 ? 0 : bytes[i]; // so that runs of zeros are many
        }
        InetAddress address = InetAddress.getByAddress(bytes);
        assertEquals(address, ValueTypes.ADDRESS.parse(ValueTypes.ADDRESS.format(address)));
    }

    @ParameterizedTest
    @CsvSource({"lns.example.net, lns.example.net, 0", "192.0.2.1:1701, 192.0.2.1, 1701", "[::1]:1701, ::1, 1701",
            "[::1], ::1, 0", "::1, ::1, 0", "host:65535, host, 65535"})
    void readsEndpoints(String text, String host, int port) throws InvalidValueException {
        Endpoint endpoint = ValueTypes.ENDPOINT.parse(text);
        assertEquals(new Endpoint(host, port), endpoint);
        assertEquals(endpoint, ValueTypes.ENDPOINT.parse(endpoint.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":1701", "host:", "host:0", "host:65536", "host:x", "[::1", "[::1]x", "[::1]:", "[host]:1",
            "256.1.1.1", "1.2.3", "-host", "a..b", "ho st", "::g", "[]", "[]:1"})
    void refusesWhatIsNoEndpoint(String text) {
        assertThrows(InvalidValueException.class, () -> ValueTypes.ENDPOINT.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/24, 10.0.0.1-10.0.0.254, 254", "10.0.0.7, 10.0.0.7-10.0.0.7, 1",
            "10.0.0.6/31, 10.0.0.6-10.0.0.7, 2", "10.0.0.2-10.0.0.9, 10.0.0.2-10.0.0.9, 8",
            "0.0.0.0/0, 0.0.0.1-255.255.255.254, 4294967294", "10.0.0.77/24, 10.0.0.1-10.0.0.254, 254"})
    void readsRanges(String text, String written, long size) throws InvalidValueException {
        AddressRange range = AddressRange.TYPE.parse(text);
        assertEquals(written, range.toString());
        assertEquals(size, range.size());
        assertEquals(range, AddressRange.TYPE.parse(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "10.0.0.9-10.0.0.2", "10.0.0.1-", "::1", "::1-::2", "10.0.0.0/33", "10.0.0.0/-1", "a-b"})
    void refusesWhatIsNoRange(String text) {
        assertThrows(InvalidValueException.class, () -> AddressRange.TYPE.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"02:00:00:00:00:42, 02:00:00:00:00:42", "FE-00-5E-00-53-01, fe:00:5e:00:53:01"})
    void readsHardwareAddresses(String text, String written) throws InvalidValueException {
        assertEquals(written, ValueTypes.MAC.format(ValueTypes.MAC.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "02:00:00:00:00", "02:00:00:00:00:42:00", "0200.0000.0042", "00:00:00:00:00:00", "01:00:5e:00:00:01",
            "ff:ff:ff:ff:ff:ff", "02:00:00:00:00:4g"})
    void refusesHardwareAddressesThatNoInterfaceCanHave(String text) {
        assertThrows(InvalidValueException.class, () -> ValueTypes.MAC.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "line\u0000", "one\ntwo"})
    void refusesNamesOfLinesThatAnAvpCannotHold(String text) throws InvalidValueException {
        assertEquals("ge-0/0/1:42", ValueTypes.LINE_NAME.parse("ge-0/0/1:42"));
        assertThrows(InvalidValueException.class, () -> ValueTypes.LINE_NAME.parse(text));
        assertThrows(InvalidValueException.class, () -> ValueTypes.LINE_NAME.parse("x".repeat(64)));
    }

    @Test
    void numbersHaveLimitsAndSayThem() throws InvalidValueException {
        ValueType<Integer> port = ValueTypes.number(1, 65_535);
        assertEquals(65_535, port.parse("65535"));
        for (String text : List.of("0", "65536", "", "1x", "+1", "-1", "99999999999999999999", "١")) {
            String message = assertThrows(InvalidValueException.class, () -> port.parse(text)).getMessage();
            assertTrue(message.contains("from 1 to 65535"), message);
        }
        assertEquals(Duration.ZERO, ValueTypes.zeroOrSeconds(10, 20).parse("0"));
        assertThrows(InvalidValueException.class, () -> ValueTypes.zeroOrSeconds(10, 20).parse("9"));
    }

    @Test
    void listsHoldAsManyAsTheyMay() throws InvalidValueException {
        ValueType<List<InetAddress>> two = ValueTypes.listOf(ValueTypes.IPV4_ADDRESS, 2);
        assertEquals(2, two.parse("1.1.1.1, 8.8.8.8").size());
        assertEquals("1.1.1.1,8.8.8.8", two.format(two.parseAll(List.of("1.1.1.1", "8.8.8.8"))));
        assertThrows(InvalidValueException.class, () -> two.parse("1.1.1.1,1.1.1.2,1.1.1.3"));
        assertThrows(InvalidValueException.class, () -> two.parse("1.1.1.1,"));
        assertThrows(InvalidValueException.class, () -> two.parse("::1"));
    }

    @Test
    void aTypeOfOneValueTakesOneWord() {
        assertThrows(InvalidValueException.class, () -> ValueTypes.TEXT.parseAll(List.of("a", "b")));
        assertThrows(InvalidValueException.class, () -> ValueTypes.TEXT.parseAll(List.of()));
    }

    @Test
    void secretsMayBeBytesAndAreNeverRepeated() throws InvalidValueException {
        assertArrayEquals(new byte[] {0, (byte) 0xff}, ValueTypes.SECRET.parse("hex:00fF").bytes());
        assertEquals("open sesame", ValueTypes.SECRET.parse("open sesame").reveal());
        assertEquals("***", ValueTypes.SECRET.format(Secret.of("x")));
        for (String text : List.of("", "hex:", "hex:0", "hex:swordfish!", "swordfish!".repeat(26))) {
            String message = assertThrows(InvalidValueException.class, () -> ValueTypes.SECRET.parse(text)).getMessage();
            assertFalse(message.contains("swordfish"), message);
        }
    }

    @Property
    void noTextThrowsAnythingButThatItIsInvalid(@ForAll String text) {
        List<BlockType> types = new ArrayList<>(Schema.TOP_LEVEL);
        types.add(Schema.SESSION);
        for (BlockType type : types) {
            for (Parameter<?> parameter : type.parameters()) {
                assertReadsOrRefuses(parameter.type(), text);
            }
        }
    }

    private static <T> void assertReadsOrRefuses(ValueType<T> type, String text) {
        try {
            T value = type.parse(text);
            if (!type.secret()) {
                assertEquals(value, type.parse(type.format(value)));
            }
        } catch (InvalidValueException refused) {
            assertTrue(refused.getMessage().contains("expected"), refused.getMessage());
        }
    }
}
