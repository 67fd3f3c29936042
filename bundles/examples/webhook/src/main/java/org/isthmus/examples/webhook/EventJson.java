package org.isthmus.examples.webhook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.isthmus.api.Cause;
import org.isthmus.api.L2tpEvent;
import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelStatus;

/**
 * An event as a JSON object (RFC 8259). What peers sent is in it: every character that could do harm is escaped. A plugin builds on the
 * API alone, which has no JSON: the document is as this plugin's users want it, whatever the commands print.
 */
final class EventJson {

    private EventJson() {
    }

    static String of(L2tpEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (event instanceof L2tpEvent.TunnelEvent it) {
            fields.put("event", "TUNNEL_" + it.kind());
            fields.put("at", it.at());
            tunnel(fields, it.tunnel());
        } else if (event instanceof L2tpEvent.SessionEvent it) {
            fields.put("event", "SESSION_" + it.kind());
            fields.put("at", it.at());
            session(fields, it.session());
        }
        if (!event.cause().equals(Cause.NONE)) {
            fields.put("cause", event.cause().message());
            fields.put("byPeer", event.cause().byPeer());
        }
        StringBuilder json = new StringBuilder("{");
        fields.forEach((name, value) -> {
            text(json.append(json.length() == 1 ? "" : ","), name);
            json.append(':');
            if (value instanceof Number || value instanceof Boolean) {
                json.append(value);
            } else {
                text(json, value.toString());
            }
        });
        return json.append('}').toString();
    }

    private static void tunnel(Map<String, Object> fields, TunnelStatus tunnel) {
        fields.put("tunnel", tunnel.name());
        fields.put("tunnelId", Integer.toUnsignedLong(tunnel.tunnelId()));
        tunnel.peer().ifPresent(peer -> fields.put("peer", peer.getAddress() == null ? peer.getHostString() : peer.getAddress().getHostAddress()));
        fields.put("peerHostName", tunnel.peerHostName());
        fields.put("sessions", tunnel.sessions());
    }

    private static void session(Map<String, Object> fields, SessionStatus session) {
        fields.put("tunnel", session.tunnelName());
        fields.put("session", session.name());
        fields.put("sessionId", Integer.toUnsignedLong(session.sessionId()));
        fields.put("interface", session.interfaceName());
        Optional<PppLinkStatus> ppp = session.ppp();
        ppp.ifPresent(link -> fields.put("user", link.userName()));
        ppp.flatMap(PppLinkStatus::remoteAddress).ifPresent(address -> fields.put("address", address.getHostAddress()));
        fields.put("rxBytes", session.data().rxBytes());
        fields.put("txBytes", session.data().txBytes());
    }

    private static void text(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7f) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
