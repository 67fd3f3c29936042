package org.isthmus.linux.netlink;

import org.isthmus.linux.Descriptor;
import org.isthmus.linux.LinuxException;

import java.io.Closeable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * News of interfaces on their way to {@link Circuits}: one thread waits for them, another one looks. It looks once all that has happened
 * is read, and sees the last that was said of each interface: one that was just made has been down on the way, which is nothing to tell
 * a peer.
 */
public final class CircuitNews implements Closeable {

    private final LinkNews news;
    private final Circuits circuits;
    /** By interface, empty when it has gone. */
    private final Map<Integer, Optional<Link>> unseen = new LinkedHashMap<>();
    private boolean lost;

    private CircuitNews(LinkNews news, Circuits circuits) {
        this.news = news;
        this.circuits = circuits;
    }

    /**
     * Begins to hear what happens in the network namespace of the calling thread; what was before is seen with {@link #look}.
     *
     * @throws LinuxException if the kernel has no socket for it
     */
    public static CircuitNews open(Circuits circuits) throws LinuxException {
        CircuitNews opened = new CircuitNews(LinkNews.open(), circuits);
        opened.lost = true;
        return opened;
    }

    /** Readable when there is news. */
    public Descriptor descriptor() {
        return news.descriptor();
    }

    /**
     * Reads what has happened, for {@link #look}. Any thread.
     *
     * @throws LinuxException if the socket cannot be read
     */
    public synchronized void read() throws LinuxException {
        lost |= !news.read(link -> unseen.put(link.index(), Optional.of(link)), index -> unseen.put(index, Optional.empty()));
    }

    /**
     * Tells the circuits what has happened up to now. On their thread.
     *
     * @param routes asked for all interfaces where news was lost
     * @throws LinuxException if the socket cannot be read, or the kernel does not list its interfaces
     */
    public void look(RouteSocket routes) throws LinuxException {
        Map<Integer, Optional<Link>> latest;
        boolean all;
        synchronized (this) {
            read();
            latest = new LinkedHashMap<>(unseen);
            unseen.clear();
            all = lost;
            lost = false;
        }
        latest.forEach((index, link) -> link.ifPresentOrElse(circuits::changed, () -> circuits.gone(index)));
        if (all) {
            routes.links().forEach(circuits::changed);
        }
    }

    @Override
    public void close() {
        news.close();
    }
}
