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
    /** What is read and not yet looked at, by interface: the last that was said of it, empty when it has gone. Its own lock. */
    private final Map<Integer, Optional<Link>> unseen = new LinkedHashMap<>();
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

    /** On the reader's thread, which leaves the rest to the system's. */
    private boolean hear(LinkNews heard) {
        boolean open = read(heard);
        system.thread().run(() -> see(heard));
        return open;
    }

    /**
     * Looks at what has happened, once all of it is read: an interface that was just made has been down on the way, which is nothing to tell a
     * peer.
     */
    private void see(LinkNews heard) {
        Map<Integer, Optional<Link>> latest;
        synchronized (unseen) {
            read(heard);
            latest = new LinkedHashMap<>(unseen);
            unseen.clear();
        }
        latest.forEach((index, link) -> link.ifPresentOrElse(circuits::changed, () -> circuits.gone(index)));
    }

    private boolean read(LinkNews heard) {
        try {
            boolean whole;
            synchronized (unseen) {
                whole = heard.read(link -> unseen.put(link.index(), Optional.of(link)), index -> unseen.put(index, Optional.empty()));
            }
            if (!whole) {
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
