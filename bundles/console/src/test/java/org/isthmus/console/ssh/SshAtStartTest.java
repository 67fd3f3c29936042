package org.isthmus.console.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

class SshAtStartTest {
    @TempDir
    private Path etc;

    /** Starts the component and says how often it would switch the server on. */
    private int started() {
        BundleContext context = (BundleContext) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {BundleContext.class}, (self, method, args) -> {
                    assertEquals("getProperty", method.getName());
                    return etc.toString();
                });
        List<Runnable> tasks = new ArrayList<>();
        new SshAtStart(context, tasks::add);
        return tasks.size();
    }

    @Test
    void staysOffWithoutAKey() throws IOException {
        assertEquals(0, started());
        Files.writeString(etc.resolve("keys.properties"), "# alice = AAAA\n_g_\\:admingroup = group,admin\n");
        assertEquals(0, started());
    }

    @Test
    void isSwitchedOnWhereSomebodyHasAKey() throws IOException {
        Files.writeString(etc.resolve("keys.properties"), "alice = " + SshKeysTest.ecdsa() + ",_g_:admingroup\n");
        assertEquals(1, started());
    }
}
