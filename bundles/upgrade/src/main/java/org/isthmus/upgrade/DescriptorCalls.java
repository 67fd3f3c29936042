package org.isthmus.upgrade;

import java.lang.reflect.InvocationTargetException;
import java.util.stream.Stream;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * What is done to open descriptors, by whichever version of the bundle {@code linux} there is. By reflection, since an import would
 * restart this bundle when {@code linux} is replaced.
 */
final class DescriptorCalls implements Descriptors {
    private static final String LINUX = "org.isthmus.linux";
    private static final String DESCRIPTOR = "org.isthmus.linux.Descriptor";

    private final BundleContext context;

    DescriptorCalls(BundleContext context) {
        this.context = context;
    }

    @Override
    public int duplicate(int number) throws ReflectiveOperationException {
        Object copy = call(owning(number), "duplicate");
        return (int) call(copy, "release");
    }

    @Override
    public void close(int number) throws ReflectiveOperationException {
        call(owning(number), "close");
    }

    private Object owning(int number) throws ReflectiveOperationException {
        Bundle linux = Stream.of(context.getBundles()).filter(bundle -> LINUX.equals(bundle.getSymbolicName())).findFirst()
                .orElseThrow(() -> new ClassNotFoundException("the bundle " + LINUX + " is not installed"));
        return linux.loadClass(DESCRIPTOR).getMethod("owning", int.class).invoke(null, number);
    }

    private static Object call(Object descriptor, String method) throws ReflectiveOperationException {
        try {
            return descriptor.getClass().getMethod(method).invoke(descriptor);
        } catch (InvocationTargetException failed) {
            throw new ReflectiveOperationException(method + " of " + descriptor + ": " + failed.getCause().getMessage(), failed.getCause());
        }
    }
}
