package org.isthmus.pppd;

import java.nio.charset.StandardCharsets;

/** Words as pppd reads them in its files: in quotes, with everything but plain characters as a backslash and three octal digits. */
final class Words {
    private Words() {
    }

    static String quoted(String word) {
        return quoted(word.getBytes(StandardCharsets.UTF_8));
    }

    static String quoted(byte[] word) {
        StringBuilder text = new StringBuilder("\"");
        for (byte octet : word) {
            int c = octet & 0xff;
            if (c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || ".,:;-_+/@*%=!".indexOf(c) >= 0) {
                text.append((char) c);
            } else {
                text.append('\\').append((char) ('0' + (c >> 6))).append((char) ('0' + (c >> 3 & 7))).append((char) ('0' + (c & 7)));
            }
        }
        return text.append('"').toString();
    }
}
