package org.isthmus.dataplane.kernel;

import org.isthmus.api.dataplane.DataplaneException;
import org.isthmus.linux.LinuxException;

/** What the operator is told when the kernel refuses something. */
final class SystemFailure {

    private SystemFailure() {
    }

    static DataplaneException of(String what, Exception cause) {
        return new DataplaneException(what + " could not be set up: " + cause.getMessage() + advice(cause), cause);
    }

    private static String advice(Exception e) {
        return e instanceof LinuxException linux ? switch (linux.errnoName()) {
            case "EPERM", "EACCES" -> ". The process needs the capability CAP_NET_ADMIN";
            case "EEXIST" -> ". Something else on this system has it already: see \"ip l2tp show\" and \"ip route\"";
            case "EBUSY" -> ". Before Linux 6.12 the kernel serves one tunnel for each pair of addresses and ports";
            case "EPROTONOSUPPORT", "EAFNOSUPPORT", "ENXIO" -> ". A module of the kernel is missing: l2tp_ppp, l2tp_eth, l2tp_ip,"
                    + " l2tp_ip6 or ppp_generic";
            case "EOPNOTSUPP" -> ". The module l2tp_eth of the kernel is missing";
            default -> "";
        } : "";
    }
}
