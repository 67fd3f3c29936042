package org.isthmus.linux;

import java.io.IOException;

/** A system call failed while something was set up. The message names the call, the error and what it means. */
public final class LinuxException extends IOException {

    private static final long serialVersionUID = 1;

    private final String call;
    private final int errno;

    /**
     * @param call the call and what it was about, such as "bind 192.0.2.1:1701"
     * @param errno the error's number, positive
     */
    public LinuxException(String call, int errno) {
        this(call, errno, "");
    }

    /**
     * @param explanation what the kernel itself said about it, or empty
     */
    public LinuxException(String call, int errno, String explanation) {
        super(message(call, errno, explanation));
        this.call = call;
        this.errno = errno;
    }

    /** The call and what it was about. */
    public String call() {
        return call;
    }

    /** The error's number; compare it with the constants of {@link Errno}. */
    public int errno() {
        return errno;
    }

    /** The error's name, such as "EADDRINUSE". */
    public String errnoName() {
        return Errno.name(errno);
    }

    private static String message(String call, int errno, String explanation) {
        StringBuilder text = new StringBuilder(call).append(": ").append(Errno.name(errno));
        String words = Errno.words(errno);
        if (!words.isEmpty()) {
            text.append(", ").append(words);
        }
        if (!explanation.isEmpty()) {
            text.append(" (the kernel says: ").append(explanation).append(')');
        }
        return text.toString();
    }
}
