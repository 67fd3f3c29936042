package org.isthmus.dataplane.kernel;

import org.isthmus.linux.LinuxException;
import org.isthmus.linux.netlink.Circuits;
import org.isthmus.linux.netlink.Link;
import org.isthmus.linux.netlink.LinkNews;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
            news = LinkNews.open();
            await();
            look();
        }
        circuits.add(interfaceIndex, listener);
    }

    void remove(int interfaceIndex) {
        circuits.remove(interfaceIndex);
    }

    /** The reader only says when there is something. */
    private void await() throws LinuxException {
        system.reader().add(news.descriptor(), (buffer, events) -> {
            system.thread().run(this::hear);
            return false;
        });
    }

    /**
     * Reads all that has happened before it looks at any: an interface that was just made has been down on the way, which is nothing to tell
     * a peer.
     */
    private void hear() {
        Map<Integer, Optional<Link>> latest = new LinkedHashMap<>();
        try {
            boolean whole = news.read(link -> latest.put(link.index(), Optional.of(link)), index -> latest.put(index, Optional.empty()));
            await();
            latest.forEach((index, link) -> link.ifPresentOrElse(circuits::changed, () -> circuits.gone(index)));
            if (!whole) {
                look();
            }
        } catch (LinuxException e) {
            LOG.error("The interfaces of the system are no longer watched: {}", e.getMessage());
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
