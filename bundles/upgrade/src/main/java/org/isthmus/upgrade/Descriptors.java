package org.isthmus.upgrade;

/** What is done to open descriptors. */
interface Descriptors {
    /** A second descriptor of the same open file. */
    int duplicate(int number) throws ReflectiveOperationException;

    /** Closes one. */
    void close(int number) throws ReflectiveOperationException;
}
