package org.isthmus.itests.plugins;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a plugin of the test behaves at the moment. Any thread. */
final class Trouble {
    private volatile boolean throwing;
    private volatile CountDownLatch blocking = new CountDownLatch(0);

    void throwFromNowOn() {
        throwing = true;
    }

    void blockFromNowOn() {
        blocking = new CountDownLatch(1);
    }

    /** Blocks from now on, for so long. */
    void blockFor(long millis) {
        blockFromNowOn();
        Thread end = new Thread(() -> {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            isOver();
        }, "trouble");
        end.setDaemon(true);
        end.start();
    }

    void isOver() {
        throwing = false;
        blocking.countDown();
    }

    /** To be called by the plugin in each of its calls. */
    void happens() {
        if (throwing) {
            throw new IllegalStateException("broken by the test");
        }
        try {
            if (!blocking.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("blocked for a minute");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
