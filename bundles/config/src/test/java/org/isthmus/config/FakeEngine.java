package org.isthmus.config;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.config.ApplyReport;
import org.isthmus.api.config.ApplyReport.Problem;
import org.isthmus.api.config.DesiredState;

/** An engine that remembers what it was told and can only apply and preview. */
final class FakeEngine {
    final List<DesiredState> applied = new ArrayList<>();
    final List<DesiredState> previewed = new ArrayList<>();
    boolean refuses;
    boolean throwsUp;

    final L2tpAdmin admin = (L2tpAdmin) Proxy.newProxyInstance(FakeEngine.class.getClassLoader(),
            new Class<?>[] {L2tpAdmin.class}, (proxy, method, arguments) -> switch (method.getName()) {
                case "apply" -> answer(applied, (DesiredState) arguments[0]);
                case "preview" -> answer(previewed, (DesiredState) arguments[0]);
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> throw new UnsupportedOperationException(method.getName());
            });

    private ApplyReport answer(List<DesiredState> calls, DesiredState state) {
        calls.add(state);
        if (throwsUp) {
            throw new IllegalStateException("fault of the test");
        }
        return refuses ? new ApplyReport(List.of(), List.of(new Problem("l2tpd.conf:1", "refused")))
                : new ApplyReport(List.of("something: created"), List.of());
    }
}
