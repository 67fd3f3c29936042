package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;

import java.util.Map;

/**
 * The error numbers that the appliance meets: their value on this machine (MIPS differs), name and words. The calls of the hot path
 * return an error as its negative number, so {@code result == -Errno.EAGAIN} asks whether there was nothing to read.
 */
public final class Errno {

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int EBADF = 9;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EFAULT = 14;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int ENOSPC = 28;
    public static final int ERANGE = 34;
    public static final int EMSGSIZE = pick(90, 97);
    public static final int ENOPROTOOPT = pick(92, 99);
    public static final int EPROTONOSUPPORT = pick(93, 120);
    public static final int EOPNOTSUPP = pick(95, 122);
    public static final int EAFNOSUPPORT = pick(97, 124);
    public static final int EADDRINUSE = pick(98, 125);
    public static final int EADDRNOTAVAIL = pick(99, 126);
    public static final int ENETDOWN = pick(100, 127);
    public static final int ENETUNREACH = pick(101, 128);
    public static final int ENOBUFS = pick(105, 132);
    public static final int ENOTCONN = pick(107, 134);
    public static final int ECONNREFUSED = pick(111, 146);
    public static final int EHOSTDOWN = pick(112, 147);
    public static final int EHOSTUNREACH = pick(113, 148);

    private static final Map<Integer, String[]> WORDS = Map.ofEntries(
            entry(EPERM, "EPERM", "operation not permitted"),
            entry(ENOENT, "ENOENT", "no such file or object"),
            entry(ESRCH, "ESRCH", "no such object"),
            entry(EINTR, "EINTR", "interrupted by a signal"),
            entry(EIO, "EIO", "input/output error"),
            entry(EBADF, "EBADF", "the descriptor is closed or of another kind"),
            entry(EAGAIN, "EAGAIN", "try again"),
            entry(ENOMEM, "ENOMEM", "out of memory"),
            entry(EACCES, "EACCES", "permission denied"),
            entry(EFAULT, "EFAULT", "bad address"),
            entry(EBUSY, "EBUSY", "device or resource busy"),
            entry(EEXIST, "EEXIST", "exists already"),
            entry(ENODEV, "ENODEV", "no such device"),
            entry(EINVAL, "EINVAL", "invalid argument"),
            entry(ENFILE, "ENFILE", "too many open files in the system"),
            entry(EMFILE, "EMFILE", "too many open files in this process"),
            entry(ENOSPC, "ENOSPC", "no space left"),
            entry(ERANGE, "ERANGE", "out of range"),
            entry(EMSGSIZE, "EMSGSIZE", "message too long"),
            entry(ENOPROTOOPT, "ENOPROTOOPT", "option not known to this kernel"),
            entry(EPROTONOSUPPORT, "EPROTONOSUPPORT", "protocol not supported by this kernel"),
            entry(EOPNOTSUPP, "EOPNOTSUPP", "operation not supported"),
            entry(EAFNOSUPPORT, "EAFNOSUPPORT", "address family not supported"),
            entry(EADDRINUSE, "EADDRINUSE", "address already in use"),
            entry(EADDRNOTAVAIL, "EADDRNOTAVAIL", "no interface has this address"),
            entry(ENETDOWN, "ENETDOWN", "network is down"),
            entry(ENETUNREACH, "ENETUNREACH", "no route to the network"),
            entry(ENOBUFS, "ENOBUFS", "no buffer space"),
            entry(ENOTCONN, "ENOTCONN", "not connected"),
            entry(ECONNREFUSED, "ECONNREFUSED", "nobody listens at the peer's port"),
            entry(EHOSTDOWN, "EHOSTDOWN", "host is down"),
            entry(EHOSTUNREACH, "EHOSTUNREACH", "no route to the host"));

    private Errno() {
    }

    /** The name of an error, "EADDRINUSE"; for one not listed here "errno 123". */
    public static String name(int errno) {
        String[] known = WORDS.get(errno);
        return known == null ? "errno " + errno : known[0];
    }

    /** What an error means, in a few words; empty for one not listed here. */
    public static String words(int errno) {
        String[] known = WORDS.get(errno);
        return known == null ? "" : known[1];
    }

    private static int pick(int usual, int onMips) {
        return Abi.HOST.mips() ? onMips : usual;
    }

    private static Map.Entry<Integer, String[]> entry(int errno, String name, String words) {
        return Map.entry(errno, new String[] {name, words});
    }
}
