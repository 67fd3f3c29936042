package org.isthmus.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.isthmus.api.quirk.Message;
import org.isthmus.api.quirk.Peer;
import org.isthmus.api.quirk.Quirk;
import org.isthmus.core.plugin.CallRecord;
import org.isthmus.core.plugin.PluginFailure;
import org.isthmus.protocol.tunnel.Tunnel;
import org.isthmus.protocol.wire.Avp;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.MessageType;
import org.isthmus.protocol.wire.VendorAvp;

/**
 * The quirks that are about the peer of one tunnel. One that throws is passed over. Belongs to the tunnel's worker.
 */
final class TunnelQuirks {
    private final ControlledTunnel tunnel;
    private final Quirks quirks;
    private Peer peer;
    /** Those that were asked whether they are about {@link #peer}. */
    private List<Quirk> asked = List.of();
    private List<Quirk> fitting = List.of();

    TunnelQuirks(ControlledTunnel tunnel) {
        this.tunnel = tunnel;
        this.quirks = tunnel.engine().quirks();
    }

    boolean understand(ControlMessage message, int vendorId, int attribute) {
        learn(message);
        return fitting().stream().anyMatch(quirk -> asked(quirk, () -> quirk.understands(vendorId, attribute)).orElse(false));
    }

    void received(ControlMessage message) {
        learn(message);
        List<Quirk> told = fitting();
        if (told.isEmpty()) {
            return;
        }
        List<org.isthmus.api.quirk.VendorAvp> avps = message.unknown().stream().filter(avp -> avp.vendorId() != 0 && !avp.hidden())
                .map(TunnelQuirks::ofPeer).toList();
        if (!avps.isEmpty()) {
            Message about = about(message.type(), message.sessionId());
            told.forEach(quirk -> asked(quirk, () -> {
                quirk.received(about, avps);
                return true;
            }));
        }
    }

    List<VendorAvp> added(MessageType type, int sessionId) {
        List<Quirk> adding = fitting();
        if (adding.isEmpty()) {
            return List.of();
        }
        Message about = about(type, sessionId);
        List<VendorAvp> all = new ArrayList<>();
        adding.forEach(quirk -> asked(quirk, () -> quirk.added(about).stream().map(TunnelQuirks::ours).toList()).ifPresent(all::addAll));
        return all;
    }

    private void learn(ControlMessage message) {
        if (message.type() == MessageType.SCCRQ || message.type() == MessageType.SCCRP) {
            learn(message.text(AvpType.HOST_NAME), message.text(AvpType.VENDOR_NAME), message.integer(AvpType.FIRMWARE_REVISION, 0));
        }
    }

    private void learn(String hostName, String vendorName, int firmwareRevision) {
        Peer now = new Peer(tunnel.path().remote(), hostName, vendorName, firmwareRevision);
        if (!now.equals(peer)) {
            peer = now;
            asked = List.of();
            fitting = List.of();
        }
    }

    private List<Quirk> fitting() {
        List<Quirk> all = quirks.all();
        if (all != asked) {
            if (peer == null) { // it has said nothing yet, or to the object before this one
                tunnel.protocol().flatMap(Tunnel::peer).ifPresentOrElse(said -> learn(said.hostName(), said.vendorName(),
                        said.firmwareRevision()), () -> learn("", "", 0));
            }
            asked = all;
            fitting = all.stream().filter(quirk -> asked(quirk, () -> quirk.fits(peer)).orElse(false)).toList();
        }
        return fitting;
    }

    private Message about(MessageType type, int sessionId) {
        return new Message(type.name(), tunnel.identity().name(), tunnel.tunnelId(), sessionId, peer);
    }

    private static org.isthmus.api.quirk.VendorAvp ofPeer(Avp avp) {
        return new org.isthmus.api.quirk.VendorAvp(avp.mandatory(), avp.vendorId(), avp.attribute(), avp.bytes());
    }

    private static VendorAvp ours(org.isthmus.api.quirk.VendorAvp avp) {
        return new VendorAvp(avp.mandatory(), avp.vendorId(), avp.attribute(), avp.value());
    }

    /** Empty if it fails, or has failed so often that it is not asked. */
    private <T> Optional<T> asked(Quirk quirk, Supplier<T> call) {
        CallRecord record = tunnel.engine().plugins().book().of(quirk);
        if (record.isSetAside()) {
            return Optional.empty();
        }
        try {
            Optional<T> answer = Optional.ofNullable(record.call(call));
            record.succeeded();
            return answer;
        } catch (PluginFailure recorded) {
            return Optional.empty();
        }
    }
}
