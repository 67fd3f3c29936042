package org.isthmus.core.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.isthmus.api.L2tpEvent;
import org.isthmus.api.L2tpEvent.Kind;
import org.isthmus.api.L2tpListener;

/** Keeps what happened, and checks as it comes that events are paired and in order. */
public final class EventLog implements L2tpListener {
    private final List<String> lines = new ArrayList<>();
    private final List<L2tpEvent> events = new ArrayList<>();
    private final Map<String, Set<Kind>> open = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    @Override
    public void happened(L2tpEvent event) {
        events.add(event);
        String subject;
        Kind kind;
        String shown;
        if (event instanceof L2tpEvent.TunnelEvent tunnel) {
            subject = "tunnel " + tunnel.tunnel().name() + " " + tunnel.tunnel().tunnelId();
            kind = tunnel.kind();
            shown = "tunnel " + kind;
        } else {
            L2tpEvent.SessionEvent session = (L2tpEvent.SessionEvent) event;
            subject = "session " + session.session().fullName() + " " + session.session().tunnelId() + "/"
                    + session.session().sessionId();
            kind = session.kind();
            shown = "session " + kind;
        }
        lines.add(shown);
        check(subject, kind);
    }

    private void check(String subject, Kind kind) {
        Set<Kind> begun = open.computeIfAbsent(subject, any -> new HashSet<>());
        boolean fine = switch (kind) {
            case CREATED -> begun.isEmpty() && begun.add(kind);
            case UP -> begun.contains(Kind.CREATED) && begun.add(kind);
            case PPP_UP -> begun.contains(Kind.UP) && begun.add(kind);
            case PPP_DOWN -> begun.remove(Kind.PPP_UP);
            case SWITCHED, LINE -> begun.contains(Kind.UP);
            case DOWN -> !begun.contains(Kind.PPP_UP) && begun.remove(Kind.UP);
            case DELETED -> begun.size() == 1 && begun.remove(Kind.CREATED);
        };
        if (!fine) {
            faults.add(subject + ": " + kind + " after " + begun);
        }
        if (begun.isEmpty()) {
            open.remove(subject);
        }
    }

    /** What happened since the last call, such as {@code session PPP_UP}. */
    public List<String> lines() {
        List<String> all = List.copyOf(lines);
        lines.clear();
        return all;
    }

    /** Why the latest thing that went down did. */
    public String lastCause() {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (!events.get(i).cause().message().isEmpty()) {
                return events.get(i).cause().message();
            }
        }
        return "";
    }

    public List<L2tpEvent> all() {
        return events;
    }

    /** Events that came out of order or without their pair. */
    public List<String> faults() {
        return faults;
    }

    /** What was created and not yet deleted. */
    public Set<String> open() {
        return open.keySet();
    }
}
