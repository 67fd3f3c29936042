package org.isthmus.core.net;

import java.net.InetSocketAddress;
import java.util.List;

import org.isthmus.api.config.Encapsulation;

/**
 * A port that nobody hears and that gathers what comes, until another object goes on with it.
 *
 * @param encapsulation UDP or IP
 * @param local         the address and port that it is bound to; port 0 over IP
 * @param options       how it was opened
 * @param controlOnly   whether the kernel takes data packets for itself
 * @param descriptors   its sockets
 */
public record ParkedPort(Encapsulation encapsulation, InetSocketAddress local, PortOptions options, boolean controlOnly,
        List<Integer> descriptors) {

    /** The same with other numbers for the sockets. */
    public ParkedPort with(List<Integer> others) {
        return new ParkedPort(encapsulation, local, options, controlOnly, others);
    }
}
