package org.isthmus.dataplane.user;

import org.isthmus.linux.Epoll;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.netlink.Link;
import org.isthmus.linux.netlink.LinkNews;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** A thread that waits for news of the system's interfaces and passes them on. */
final class LinkWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LinkWatch.class);
    private static final long PATIENCE_MILLIS = 2_000;

    private final LinkNews news;
    private final Epoll epoll;
    private final Thread thread;
    private final Consumer<Link> changed;
    private final IntConsumer gone;
    private final Runnable lost;
    private volatile boolean stopped;

    private LinkWatch(LinkNews news, Epoll epoll, Consumer<Link> changed, IntConsumer gone, Runnable lost) {
        this.news = news;
        this.epoll = epoll;
        this.changed = changed;
        this.gone = gone;
        this.lost = lost;
        this.thread = new Thread(this::run, "l2tp-link-watch");
        thread.setDaemon(true);
    }

    /**
     * Begins to watch the network namespace of the calling thread. What is given is called on the watch's own thread.
     *
     * @param lost some news was lost: all interfaces are to be looked at
     */
    static LinkWatch start(Consumer<Link> changed, IntConsumer gone, Runnable lost) throws LinuxException {
        LinkNews news = LinkNews.open();
        try {
            Epoll epoll = Epoll.open(1);
            epoll.add(news.descriptor(), Epoll.READ, 0);
            LinkWatch watch = new LinkWatch(news, epoll, changed, gone, lost);
            watch.thread.start();
            return watch;
        } catch (LinuxException e) {
            news.close();
            throw e;
        }
    }

    private void run() {
        while (!stopped) {
            int count = epoll.await(-1);
            if (count < 0) {
                LOG.error("The interfaces of the system are no longer watched: {}", Errno.name(-count));
                return;
            }
            try {
                if (!news.read(changed, gone)) {
                    lost.run();
                }
            } catch (LinuxException e) {
                LOG.error("The interfaces of the system are no longer watched: {}", e.getMessage());
                return;
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        epoll.wakeUp();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        epoll.close();
        news.close();
    }
}
