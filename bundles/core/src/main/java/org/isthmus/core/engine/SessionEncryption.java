package org.isthmus.core.engine;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.api.dataplane.Dataplane.Ability;
import org.isthmus.api.dataplane.EncryptionKeys;
import org.isthmus.api.dataplane.PppEncryption;
import org.isthmus.api.dataplane.SessionPath;
import org.isthmus.ppp.EncryptionRequest;
import org.isthmus.ppp.PppLink;
import org.isthmus.ppp.mppe.Encryption;
import org.isthmus.ppp.mppe.MppeStrength;
import org.isthmus.ppp.mppe.StartKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between PPP, which agrees on encryption, and the data path of its session, which encrypts. On the worker's thread. */
final class SessionEncryption {
    private static final Logger LOG = LoggerFactory.getLogger(SessionEncryption.class);

    private final LiveSession session;
    private final Worker worker;
    private final PppLink link;
    private final Runnable rearm;

    /**
     * @param link  who asks
     * @param rearm called after each answer that comes later
     */
    SessionEncryption(LiveSession session, PppLink link, Runnable rearm) {
        this.session = session;
        this.worker = session.tunnel().worker();
        this.link = link;
        this.rearm = rearm;
    }

    /** Has the path get ready. Without one nothing is answered: the next one asks again. */
    void prepare(EncryptionRequest request) {
        Optional<SessionPath> open = session.path();
        Optional<Dataplane> dataplane = session.tunnel().dataplane();
        if (open.isEmpty() || dataplane.isEmpty()) {
            return;
        }
        StartKeys keys = request.keys();
        Set<MppeStrength> strengths = strengths(dataplane.get().abilities(), keys);
        if (strengths.isEmpty()) {
            refuse(request, "the data plane '" + dataplane.get().name() + "' does not encrypt: have the data plane 'user' or 'kernel' serve"
                    + " the tunnel (dataplane in its tunnel profile), or set mppe off in the ppp profile");
            return;
        }
        EncryptionKeys start = new EncryptionKeys(keys.send(MppeStrength.BITS_128), keys.receive(MppeStrength.BITS_128));
        worker.whenAnswered("prepare the encryption of session " + session.title(), () -> open.get().prepareEncryption(start),
                (done, failure) -> {
                    if (failure == null) {
                        link.encryptionPossible(request, strengths, worker.nowMillis());
                        rearm.run();
                    } else {
                        refuse(request, Words.of(failure));
                    }
                });
    }

    private void refuse(EncryptionRequest request, String why) {
        link.encryptionRefused(request, why, worker.nowMillis());
        rearm.run();
    }

    private static Set<MppeStrength> strengths(Set<Ability> abilities, StartKeys keys) {
        if (abilities.contains(Ability.MPPE_ALL_KEYS)) {
            return EnumSet.allOf(MppeStrength.class);
        }
        if (!abilities.contains(Ability.MPPE)) {
            return EnumSet.noneOf(MppeStrength.class);
        }
        return keys.sharePrefix() ? EnumSet.of(MppeStrength.BITS_128, MppeStrength.BITS_40) : EnumSet.of(MppeStrength.BITS_128);
    }

    /** Both ends encrypt from now on. */
    void begin(Encryption agreed) {
        LOG.info("session {}: packets are encrypted, {}", session.title(), agreed.words());
        PppEncryption encryption = new PppEncryption(direction(agreed.send()), direction(agreed.receive()));
        session.path().ifPresent(path -> worker.guard("encrypt session " + session.title(), () -> path.encrypt(encryption)));
    }

    private static PppEncryption.Direction direction(Encryption.Way way) {
        return new PppEncryption.Direction(way.strength().bits(), way.stateless(), way.startKey());
    }

    /** No network packet passes until {@link #begin}. */
    void end() {
        session.path().ifPresent(path -> worker.guard("stop the encryption of session " + session.title(), path::stopEncryption));
    }
}
