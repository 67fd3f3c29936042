package org.isthmus.ppp;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.mppe.Encryption;
import org.isthmus.ppp.mppe.MppeStrength;

/** A link and a record of what it told; its data path can encrypt. */
abstract class RecordedLink implements PppObserver {
    final PppLink link;
    final List<String> events = new ArrayList<>();
    /** What its data path can do, and what was agreed on. */
    Set<MppeStrength> strengths = EnumSet.allOf(MppeStrength.class);
    Optional<Encryption> encryption = Optional.empty();
    CloseReason reason;

    RecordedLink(PppConfig config, RandomGenerator random) {
        link = new PppLink(config, this, random);
    }

    abstract long now();

    long count(PppCounter counter) {
        return link.counters().get(counter);
    }

    @Override
    public void phaseChanged(PppPhase from, PppPhase to) {
        events.add(to.name());
    }

    @Override
    public void authenticated(AuthenticationAttempt attempt) {
        events.add("authenticated " + attempt.name());
    }

    @Override
    public void encryptionNeeded(EncryptionRequest request) {
        events.add("encryption needed");
        link.encryptionPossible(request, strengths, now());
    }

    @Override
    public void encryptionUp(Encryption agreed) {
        events.add(agreed.words());
        encryption = Optional.of(agreed);
    }

    @Override
    public void encryptionDown() {
        events.add("encryption down");
        encryption = Optional.empty();
    }
}
