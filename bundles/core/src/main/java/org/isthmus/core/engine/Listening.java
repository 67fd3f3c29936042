package org.isthmus.core.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.Endpoint;
import org.isthmus.api.config.InvalidValueException;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;
import org.isthmus.api.config.ValueTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which addresses the system block says to listen on. */
final class Listening {
    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    private Listening() {
    }

    static List<InetSocketAddress> addresses(Settings system) {
        int port = system.get(SystemParameters.UDP_PORT);
        Optional<List<Endpoint>> named = system.find(SystemParameters.LISTEN_ADDRESS);
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (Endpoint endpoint : named.orElse(List.of(new Endpoint("0.0.0.0", 0), new Endpoint("::", 0)))) {
            try {
                InetAddress address = ValueTypes.ADDRESS.parse(endpoint.host());
                addresses.add(new InetSocketAddress(address, endpoint.port() == 0 ? port : endpoint.port()));
            } catch (InvalidValueException name) {
                LOG.error("listen_address {}: an address is needed here, not a name; it is left out", endpoint);
            }
        }
        return addresses;
    }
}
