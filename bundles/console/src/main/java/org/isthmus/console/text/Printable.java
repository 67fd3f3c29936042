package org.isthmus.console.text;

import java.io.PrintStream;

/** An answer for people. */
public interface Printable {

    /** @param format false for programs: tabs between the columns, no header, no padding */
    void print(PrintStream out, boolean format);
}
