package org.isthmus.upgrade;

import java.util.List;
import java.util.Optional;

/**
 * What an operator wants to have.
 *
 * @param bundles  the bundles that come with it
 * @param features the features that it was asked for by, {@code name/version}, empty for files
 */
record Offer(List<NewBundle> bundles, List<String> features) {

    /** Karaf's features, or why there are none. */
    interface Features {
        /** The locations of a feature's bundles. */
        List<String> bundles(String name, String version) throws UpgradeException;

        /** The version of a feature that is the newest of those that are known; empty if none is. */
        Optional<String> newest(String name) throws UpgradeException;

        /** Has Karaf know that this feature is there now, in place of an older one. */
        void installed(String name, String version) throws UpgradeException;
    }
}
