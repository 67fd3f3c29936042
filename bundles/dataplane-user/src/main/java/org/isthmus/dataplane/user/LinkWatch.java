package org.isthmus.dataplane.user;

import org.isthmus.linux.Epoll;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.netlink.CircuitNews;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that waits for news of the system's interfaces. */
final class LinkWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LinkWatch.class);
    private static final long PATIENCE_MILLIS = 2_000;

    private final CircuitNews news;
    private final Epoll epoll;
    private final Thread thread;
    private final Runnable heard;
    private volatile boolean stopped;

    private LinkWatch(CircuitNews news, Epoll epoll, Runnable heard) {
        this.news = news;
        this.epoll = epoll;
        this.heard = heard;
        this.thread = new Thread(this::run, "l2tp-link-watch");
        thread.setDaemon(true);
    }

    /**
     * Begins to wait; closes the news in the end.
     *
     * @param heard called on the watch's own thread when there is something to look at
     */
    static LinkWatch start(CircuitNews news, Runnable heard) throws LinuxException {
        try {
            Epoll epoll = Epoll.open(1);
            epoll.add(news.descriptor(), Epoll.READ, 0);
            LinkWatch watch = new LinkWatch(news, epoll, heard);
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
                news.read();
                heard.run();
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
