package org.isthmus.linux;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs each test on a thread of its own in a network namespace of its own. Without the right to make one, the test is skipped, and the
 * cause printed.
 */
public final class OwnNamespace implements InvocationInterceptor {

    private static final Path DEVICE = Path.of("/dev/net/tun");

    @Override
    public void interceptTestMethod(Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        FutureTask<Void> task = new FutureTask<>(() -> {
            enter(context.getDisplayName());
            try {
                return test.proceed();
            } catch (Error | Exception e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        });
        Thread thread = new Thread(task, "namespace");
        thread.start();
        try {
            task.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private static void enter(String test) throws LinuxException {
        if (!Files.isWritable(DEVICE)) {
            skip(test, "the device " + DEVICE + " is missing or may not be opened");
        }
        try {
            NetworkNamespace.enterNew();
        } catch (LinuxException e) {
            if (e.errno() != Errno.EPERM) {
                throw e;
            }
            skip(test, e.getMessage() + "; run it as root or under unshare -Urn");
        }
    }

    private static void skip(String test, String cause) {
        String text = "skipped: " + test + ": " + cause;
        System.out.println(text);
        throw new TestAbortedException(text);
    }
}
