package org.isthmus.config;

/**
 * Cuts a file into words, as pppd does with its files: blanks part words, {@code #} at a word's beginning starts a
 * comment, a word may stand in double or single quotes, a backslash takes away what a character means. Looks at every
 * character a bounded number of times. Never throws on any text.
 */
final class Lexer {
    /** The longest word; nothing that is configured comes near. */
    static final int MAX_WORD = 4096;

    private static final String TYPOGRAPHIC_QUOTES = "\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb";
    private static final String LETTER_ESCAPES = "abefnrtv";
    private static final String LETTER_VALUES = "\u0007\b\u001b\f\n\r\t\u000b";

    private final CharSequence text;
    private final boolean punctuation;
    private final Problems problems;
    private int at;
    private int line = 1;
    private int lineStart;
    private boolean comma;
    private boolean broken;

    /**
     * @param punctuation whether braces and commas stand for themselves, or are characters like others
     */
    Lexer(CharSequence text, boolean punctuation, Problems problems) {
        this.text = text;
        this.punctuation = punctuation;
        this.problems = problems;
    }

    Token next() {
        skipBlanks();
        int start = at;
        if (start == text.length()) {
            return new Token(Token.Kind.END, place(start));
        }
        char c = text.charAt(at);
        if (c == '\n') {
            Token token = new Token(Token.Kind.NEWLINE, place(start));
            at++;
            line++;
            lineStart = at;
            comma = false;
            return token;
        }
        if (punctuation && "{},".indexOf(c) >= 0) {
            at++;
            comma = c == ',';
            return new Token(c == '{' ? Token.Kind.OPEN : c == '}' ? Token.Kind.CLOSE : Token.Kind.COMMA, place(start));
        }
        return new Token(Token.Kind.WORD, word(start, c));
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
                return;
            }
            if (!isBlank(c)) {
                return;
            }
            at++;
        }
    }

    private Word word(int start, char first) {
        boolean quoted = first == '"' || first == '\'';
        StringBuilder word = new StringBuilder();
        broken = false;
        if (quoted) {
            at++;
        }
        boolean closed = !quoted;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n' || !quoted && endsBareWord(c)) {
                break;
            }
            if (quoted && c == first) {
                at++;
                closed = true;
                break;
            }
            if (c == '\\') {
                escape(word);
            } else {
                at++;
                plain(word, c, quoted);
            }
        }
        if (word.length() > MAX_WORD) {
            word.setLength(MAX_WORD);
            fault(start, "a word longer than " + MAX_WORD + " characters");
        }
        if (!closed) {
            fault(start, "the quote is not closed on its line: expected " + first);
        } else if (quoted && at < text.length() && text.charAt(at) != '\n' && !endsBareWord(text.charAt(at))) {
            fault(at, "expected a blank after the closing quote");
        }
        Word result = new Word(word.toString(), quoted, broken, comma, line, start - lineStart + 1, start, at);
        comma = false;
        return result;
    }

    private void plain(StringBuilder word, char c, boolean quoted) {
        if (!quoted && word.isEmpty() && TYPOGRAPHIC_QUOTES.indexOf(c) >= 0) {
            fault(at - 1, "a typographic quote: write \"");
        } else if (!quoted && (Character.isSpaceChar(c) || c == '\uFEFF')) {
            fault(at - 1, "a special kind of blank, as web pages have it: write an ordinary one");
        } else if (c == '\uFFFD') {
            fault(at - 1, "bytes that are not UTF-8 text: save the file as UTF-8");
        } else if (Character.isISOControl(c) && c != '\t' && c != '\r') {
            fault(at - 1, "a control character");
        }
        append(word, c);
    }

    private void escape(StringBuilder word) {
        int start = at++;
        char c = at < text.length() ? text.charAt(at) : '\n';
        if (c == '\n' || c == '\r') {
            fault(start, "a backslash at the end of the line: expected a character after it");
        } else if (c >= '0' && c <= '7') {
            number(word, start, 8, 3);
        } else if (c == 'x') {
            at++;
            number(word, start, 16, 2);
        } else {
            at++;
            int letter = LETTER_ESCAPES.indexOf(c);
            if (letter < 0 && Character.isLetterOrDigit(c)) {
                fault(start, "no such escape: write \\\\ for a backslash");
            }
            append(word, letter < 0 ? c : LETTER_VALUES.charAt(letter));
        }
    }

    private void number(StringBuilder word, int start, int radix, int digits) {
        int value = 0;
        int first = at;
        while (at < text.length() && at - first < digits && Character.digit(text.charAt(at), radix) >= 0) {
            value = value * radix + Character.digit(text.charAt(at), radix);
            at++;
        }
        if (at == first || value == 0 || value > 0x7f) {
            fault(start, "expected the code of an ASCII character: \\1 to \\177, or \\x01 to \\x7f;"
                    + " write others as they are, and bytes of a secret as hex:");
        }
        append(word, (char) value);
    }

    private static void append(StringBuilder word, char c) {
        if (word.length() <= MAX_WORD) {
            word.append(c);
        }
    }

    private boolean endsBareWord(char c) {
        return isBlank(c) || c == '\n' || punctuation && "{},".indexOf(c) >= 0;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\f';
    }

    /** One fault of a word is enough to say. */
    private void fault(int where, String message) {
        if (!broken) {
            broken = true;
            problems.add(place(where), message);
        }
    }

    private Word place(int start) {
        return new Word("", false, false, comma, line, start - lineStart + 1, start, start + 1);
    }
}
