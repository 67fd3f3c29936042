package org.isthmus.core.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.isthmus.api.config.MppeUse;
import org.isthmus.api.config.PppParameters;
import org.isthmus.api.config.Settings;
import org.isthmus.api.dataplane.Dataplane;
import org.isthmus.api.dataplane.Dataplane.Ability;
import org.isthmus.api.pool.Lease;
import org.isthmus.ppp.EndpointDiscriminator;
import org.isthmus.ppp.Multilink;
import org.isthmus.ppp.MultilinkConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bundles of PPP links, by whom they are with. Any thread may use it. */
final class Bundles {
    private static final Logger LOG = LoggerFactory.getLogger(Bundles.class);

    private final Map<BundleKey, Bundle> open = new HashMap<>();
    private EndpointDiscriminator us;
    private long serial;
    private boolean lackTold;
    private boolean encryptionTold;

    /** What LCP is to ask for on a session's link; empty if it is not to be bundled. */
    Optional<MultilinkConfig> wish(LiveSession session, Settings ppp, RandomGenerator random) {
        if (!ppp.get(PppParameters.MULTILINK) || session.lifecycle().awaitsUser()) {
            return Optional.empty();
        }
        if (ppp.get(PppParameters.MPPE) != MppeUse.OFF) {
            tellEncryption(session);
            return Optional.empty();
        }
        Optional<Dataplane> dataplane = session.tunnel().dataplane();
        if (!dataplane.map(serving -> serving.abilities().contains(Ability.MULTILINK)).orElse(false)) {
            tellLack(session, dataplane.map(Dataplane::name).orElse("none"));
            return Optional.empty();
        }
        return Optional.of(new MultilinkConfig(ppp.get(PppParameters.MRU), false, us(random)));
    }

    private synchronized EndpointDiscriminator us(RandomGenerator random) {
        if (us == null) {
            us = EndpointDiscriminator.draw(random);
        }
        return us;
    }

    private synchronized void tellLack(LiveSession session, String dataplane) {
        if (!lackTold) {
            lackTold = true;
            LOG.warn("session {}: ppp profile \"{}\" says multilink, but data plane {} does not bundle links: PPP goes on without, here"
                    + " and in other sessions of it. Use data plane kernel, or take multilink out", session.title(),
                    session.plan().values().pppProfile(), dataplane);
        }
    }

    private synchronized void tellEncryption(LiveSession session) {
        if (!encryptionTold) {
            encryptionTold = true;
            LOG.warn("session {}: ppp profile \"{}\" says multilink and mppe, and bundles are not encrypted: PPP goes on without"
                    + " multilink, here and in other sessions of such a profile. Take one of them out", session.title(),
                    session.plan().values().pppProfile());
        }
    }

    /**
     * Finds the bundle of a link, or makes one, and makes the link one of its.
     *
     * @param key empty for a bundle that no other link can join
     * @return empty if the bundle has other terms than the link
     */
    synchronized Optional<Bundle> join(Optional<BundleKey> key, Multilink terms, BundleLink link, String owner) {
        Bundle bundle = key.map(open::get).orElse(null);
        if (bundle == null) {
            bundle = new Bundle(owner + "#" + ++serial, key, terms);
            Bundle made = bundle;
            key.ifPresent(known -> open.put(known, made));
        } else if (!terms.fits(bundle.terms())) {
            return Optional.empty();
        }
        bundle.add(link);
        return Optional.of(bundle);
    }

    /** Takes a link out; see {@link Bundle#remove}. */
    synchronized Optional<Lease> leave(Bundle bundle, BundleLink link, Supplier<Optional<Lease>> left) {
        Optional<Lease> unclaimed = bundle.remove(link, left);
        if (bundle.isEmpty()) {
            bundle.key().ifPresent(key -> open.remove(key, bundle));
        }
        return unclaimed;
    }

    synchronized boolean isEmpty() {
        return open.isEmpty();
    }
}
