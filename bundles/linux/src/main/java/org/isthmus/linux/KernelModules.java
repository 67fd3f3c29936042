package org.isthmus.linux;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Modules of the kernel. */
public final class KernelModules {

    private static final long LIMIT_SECONDS = 10;

    private KernelModules() {
    }

    /**
     * Loads modules by name with modprobe, also those that are kept from being loaded by themselves (blacklisted). Blocks until that is done,
     * 10 s at most for each. Whether it came to something is seen by what then works: a module may be built in, and in a container nothing
     * can be loaded.
     */
    public static void load(List<String> names) {
        for (String name : names) {
            try {
                Process loading = new ProcessBuilder("modprobe", "-q", name)
                        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
                if (!loading.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    loading.destroyForcibly();
                }
            } catch (IOException noModprobe) {
                return;
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
