package org.isthmus.dataplane.kernel;

import org.isthmus.linux.LinuxException;
import org.isthmus.linux.netlink.Circuits;
import org.isthmus.linux.netlink.LinkNews;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Whether the circuits of Ethernet sessions can carry traffic: the kernel's news of interfaces, from the first session on. For the system's thread. */
final class CircuitWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CircuitWatch.class);

    private final KernelSystem system;
    private final Circuits circuits = new Circuits();
    /** Null before the first session. */
    private LinkNews news;

    CircuitWatch(KernelSystem system) {
        this.system = system;
    }

    /** Tells, from now on, how the circuit behind an interface is. */
    void add(int interfaceIndex, Consumer<Boolean> listener) throws LinuxException {
        if (news == null) {
            LinkNews opened = LinkNews.open();
            system.reader().add(opened.descriptor(), (buffer, events) -> hear(opened));
            news = opened;
            look();
        }
        circuits.add(interfaceIndex, listener);
    }

    void remove(int interfaceIndex) {
        circuits.remove(interfaceIndex);
    }

    /** On the reader's thread. */
    private boolean hear(LinkNews heard) {
        try {
            if (!heard.read(link -> system.thread().run(() -> circuits.changed(link)), index -> system.thread().run(() -> circuits.gone(index)))) {
                system.thread().run(this::look);
            }
            return true;
        } catch (LinuxException e) {
            LOG.error("The interfaces of the system are no longer watched: {}", e.getMessage());
            return false;
        }
    }

    private void look() {
        try {
            system.thread().routes().links().forEach(circuits::changed);
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
