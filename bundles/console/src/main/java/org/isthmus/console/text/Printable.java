package org.isthmus.console.text;

import java.io.PrintStream;

/** An answer for people. */
public interface Printable {

    /**
     * Prints it.
     *
     * @param format false for programs: tabs between the columns, no header, no padding
     * @param width  of the terminal in characters, 0 where there is none and lines may be of any length
     */
    void print(PrintStream out, boolean format, int width);
}
