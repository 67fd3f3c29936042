package org.isthmus.console;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Services, bundles and properties as a test wants them, seen through a BundleContext. */
final class FakeContext {
    private final Map<Class<?>, List<Object>> services = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private final List<Bundle> bundles = new ArrayList<>();

    <T> FakeContext service(Class<T> type, T service) {
        services.computeIfAbsent(type, first -> new ArrayList<>()).add(service);
        return this;
    }

    FakeContext property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    FakeContext bundle(String symbolicName, int state) {
        bundles.add(proxy(Bundle.class, (self, method, args) -> switch (method.getName()) {
            case "getSymbolicName" -> symbolicName;
            case "getState" -> state;
            default -> throw new UnsupportedOperationException(method.toString());
        }));
        return this;
    }

    BundleContext context() {
        return proxy(BundleContext.class, (self, method, args) -> switch (method.getName()) {
            case "getServiceReference" -> references((Class<?>) args[0]).stream().findFirst().orElse(null);
            case "getServiceReferences" -> references((Class<?>) args[0]);
            case "getService" -> ((Service) Proxy.getInvocationHandler(args[0])).service;
            case "getBundles" -> bundles.toArray(Bundle[]::new);
            case "getProperty" -> properties.get(args[0]);
            case "equals" -> self == args[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private Collection<ServiceReference<?>> references(Class<?> type) {
        List<ServiceReference<?>> references = new ArrayList<>();
        for (Object service : services.getOrDefault(type, List.of())) {
            references.add(proxy(ServiceReference.class, new Service(service)));
        }
        return references;
    }

    private record Service(Object service) implements InvocationHandler {
        @Override
        public Object invoke(Object self, java.lang.reflect.Method method, Object[] args) {
            throw new UnsupportedOperationException(method + Arrays.toString(args));
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(FakeContext.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
