package org.isthmus.linux;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

import java.lang.reflect.Method;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ExecutionException;

/**
 * Runs each test on a thread of its own in a network namespace of its own. Without the right to make one, the test is skipped, and the
 * cause printed.
 */
public final class OwnNamespace implements InvocationInterceptor {

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
        try {
            NetworkNamespace.enterNew();
        } catch (LinuxException e) {
            if (e.errno() != Errno.EPERM) {
                throw e;
            }
            String cause = "skipped: " + test + ": " + e.getMessage() + "; run it as root or under unshare -Urn";
            System.out.println(cause);
            throw new TestAbortedException(cause);
        }
    }
}
