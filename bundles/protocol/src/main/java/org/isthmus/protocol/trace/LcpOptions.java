package org.isthmus.protocol.trace;

import java.util.ArrayList;
import java.util.List;

/** The options of an LCP Configure-Request in words: type (1), length (1), value (RFC 1661 section 6). */
final class LcpOptions {

    private LcpOptions() {
    }

    static String words(Field value) {
        List<String> options = new ArrayList<>();
        int at = 0;
        while (value.length() - at >= 2) {
            int type = value.integer(at, 1);
            int length = value.integer(at + 1, 1);
            if (length < 2 || length > value.length() - at) {
                options.add("malformed");
                break;
            }
            options.add(option(type, value, at + 2, length - 2));
            at += length;
        }
        return options.isEmpty() ? "no options" : String.join(", ", options);
    }

    private static String option(int type, Field value, int at, int length) {
        int most = Math.min(length, 4);
        return switch (type) {
            case 1 -> "MRU " + value.number(at, most);
            case 2 -> String.format("ACCM 0x%08x", value.number(at, most));
            case 3 -> "authentication " + authentication(value, at, length);
            case 5 -> String.format("magic 0x%08x", value.number(at, most));
            case 7 -> "protocol field compression";
            case 8 -> "address and control field compression";
            case 13 -> "callback";
            case 17 -> "MRRU " + value.number(at, most);
            case 18 -> "short sequence numbers";
            case 19 -> "endpoint discriminator";
            default -> "option " + type;
        };
    }

    private static String authentication(Field value, int at, int length) {
        int protocol = value.integer(at, Math.min(length, 2));
        int algorithm = length >= 3 ? value.integer(at + 2, 1) : 0;
        return switch (protocol) {
            case 0xc023 -> "PAP";
            case 0xc227 -> "EAP";
            case 0xc223 -> switch (algorithm) {
                case 5 -> "CHAP with MD5";
                case 0x80 -> "MS-CHAP version 1";
                case 0x81 -> "MS-CHAP version 2";
                default -> "CHAP with algorithm " + algorithm;
            };
            default -> String.format("0x%04x", protocol);
        };
    }
}
