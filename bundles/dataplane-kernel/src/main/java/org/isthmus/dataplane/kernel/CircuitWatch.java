package org.isthmus.dataplane.kernel;

import org.isthmus.linux.LinuxException;
import org.isthmus.linux.netlink.CircuitNews;
import org.isthmus.linux.netlink.Circuits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.Consumer;

/** Whether the circuits of Ethernet sessions can carry traffic: the kernel's news of interfaces, from the first session on. For the system's thread. */
final class CircuitWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CircuitWatch.class);

    private final KernelSystem system;
    private final Circuits circuits = new Circuits();
    /** Null before the first session. */
    private CircuitNews news;

    CircuitWatch(KernelSystem system) {
        this.system = system;
    }

    /** Tells, from now on, how the circuit behind an interface is. */
    void add(int interfaceIndex, Consumer<Boolean> listener) throws LinuxException {
        if (news == null) {
            CircuitNews opened = CircuitNews.open(circuits);
            system.reader().add(opened.descriptor(), (buffer, events) -> hear(opened));
            news = opened;
            look(opened);
        }
        circuits.add(interfaceIndex, listener);
    }

    void remove(int interfaceIndex) {
        circuits.remove(interfaceIndex);
    }

    /** On the reader's thread, which leaves the rest to the system's. */
    private boolean hear(CircuitNews heard) {
        try {
            heard.read();
        } catch (LinuxException e) {
            LOG.error("The interfaces of the system are no longer watched: {}", e.getMessage());
            return false;
        }
        system.thread().run(() -> look(heard));
        return true;
    }

    private void look(CircuitNews heard) {
        try {
            heard.look(system.thread().routes());
        } catch (LinuxException e) {
            LOG.warn("The state of the system's interfaces is not known: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        if (news != null) {
            news.close();
        }
    }
}
