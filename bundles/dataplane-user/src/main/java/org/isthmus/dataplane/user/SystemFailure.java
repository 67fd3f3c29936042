package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;

/** What the operator is told when the system refuses something. */
final class SystemFailure {

    /** While another version of this bundle hands its sessions over, an interface may still be its. */
    static final long BUSY_SECONDS = 5;
    static final long BUSY_RETRY_MILLIS = 20;

    private SystemFailure() {
    }

    static DataplaneException of(String what, Exception cause) {
        return new DataplaneException(what + " could not be set up: " + cause.getMessage() + advice(cause), cause);
    }

    static boolean isBusy(Exception e) {
        return e instanceof LinuxException linux && linux.errno() == Errno.EBUSY;
    }

    private static String advice(Exception e) {
        return e instanceof LinuxException linux ? switch (linux.errnoName()) {
            case "EPERM", "EACCES" -> ". The process needs the capability CAP_NET_ADMIN and the device /dev/net/tun";
            case "ENOENT" -> ". Load the kernel module tun, or pass /dev/net/tun into the container";
            case "ENFILE" -> ". The kernel has given away all of the 32,768 names that it numbers (autoname_interfaces true has us name"
                    + " interfaces), or the system has too many files open";
            case "EBUSY" -> ". Another process has this interface: end it, or choose another name";
            case "EEXIST" -> ". Something else on this system has the same route: remove one of the two";
            default -> "";
        } : "";
    }
}
