package org.isthmus.ppp;

import java.util.Optional;

/**
 * Whether the network protocols run on a link: they do on one that is in no bundle, and on the one that leads its bundle. It is
 * for others to know the bundle; the observer is asked.
 */
final class Bundling {
    private enum Place {
        ALONE, ASKED, JOINED, LEADS
    }

    private final Networks networks;
    private final PppObserver observer;
    private Place place = Place.ALONE;
    private String userName = "";

    Bundling(Networks networks, PppObserver observer) {
        this.networks = networks;
        this.observer = observer;
    }

    /** The network phase begins. */
    void start(Optional<Multilink> agreed, String provenName) {
        userName = provenName;
        if (agreed.isPresent()) {
            place = Place.ASKED;
            observer.bundleNeeded(agreed.get(), provenName);
        } else {
            networks.start(provenName);
        }
    }

    /** The bundle's networks are this link's from now on: those that are up already, else they are negotiated. */
    void lead(Optional<Network.Ipv4> ipv4, Optional<Network.Ipv6> ipv6) {
        if (place != Place.ASKED && place != Place.JOINED) {
            return;
        }
        place = Place.LEADS;
        if (ipv4.isPresent() || ipv6.isPresent()) {
            networks.restore(ipv4, ipv6);
        } else {
            networks.start(userName);
        }
    }

    /** Another link has the networks. */
    void join() {
        if (place == Place.ASKED) {
            place = Place.JOINED;
        }
    }

    /** LCP is open no longer. */
    void leave() {
        if (place != Place.ALONE) {
            place = Place.ALONE;
            observer.bundleLeft();
        }
    }

    boolean isAlone() {
        return place == Place.ALONE;
    }

    /** Whether frames of network protocols are for this link. */
    boolean runsNetworks() {
        return place == Place.ALONE || place == Place.LEADS;
    }
}
