package org.isthmus.config;

/**
 * A word of a file with its place.
 *
 * @param text       its text, quotes and escapes resolved
 * @param quoted     whether it stood in quotes
 * @param broken     whether the lexer found fault with it and said so
 * @param afterComma whether a comma stands before it
 * @param line       from 1
 * @param column     from 1, in characters
 * @param start      its first character's index in the file
 * @param end        the index behind its last character
 */
record Word(String text, boolean quoted, boolean broken, boolean afterComma, int line, int column, int start, int end) {

    /** Where it begins, for a message that must not show the word itself. */
    Word place() {
        return new Word("", quoted, broken, afterComma, line, column, start, start);
    }
}
