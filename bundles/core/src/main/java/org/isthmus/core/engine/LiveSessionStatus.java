package org.isthmus.core.engine;

import java.util.Optional;

import org.isthmus.api.SessionStatus;

/** What people see of a session that is live. */
final class LiveSessionStatus {
    private LiveSessionStatus() {
    }

    static SessionStatus of(LiveSession session, SessionControl control) {
        SessionPlan plan = session.plan();
        CallLine line = session.line();
        return new SessionStatus(plan.name(), session.tunnel().identity().name(), session.tunnel().tunnelId(), control.localId(),
                control.remoteId(), control.shownState(), plan.type(), plan.origin(), plan.values().profile(),
                plan.values().pppProfile(), session.interfaceName(), Words.printable(plan.call().callingNumber()),
                Words.printable(plan.call().calledNumber()), line.call().txConnectSpeed(), line.call().rxConnectSpeed(),
                session.ppp().status(), session.createdAt(), session.upSince(), Optional.empty(), session.end().cause(),
                session.counters(), session.proxy().map(ProxyReport::status), session.lifecycle().switchedTo(),
                line.status(), plan.pseudowire(control.data(), session.largestPacket()));
    }
}
