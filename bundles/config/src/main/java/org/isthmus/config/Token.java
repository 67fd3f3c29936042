package org.isthmus.config;

/**
 * What the lexer finds next.
 *
 * @param kind what it is
 * @param word its place, and its text if it is a word
 */
record Token(Kind kind, Word word) {
    enum Kind { WORD, OPEN, CLOSE, COMMA, NEWLINE, END }
}
