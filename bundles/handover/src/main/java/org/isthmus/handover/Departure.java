package org.isthmus.handover;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;

/** Why a bundle is stopped: whether it is worth leaving something for the next one. */
public enum Departure {
    /** It is updated or refreshed, or what it needs is: another one, or this one again, follows at once. */
    REPLACED,
    /** The appliance shuts down, or an operator has stopped or uninstalled the bundle: nobody follows. */
    FOR_GOOD;

    /**
     * To be asked while the component is deactivated. The framework keeps whether somebody wants a bundle to be started: an update or
     * a refresh stops it without touching that, {@code bundle:stop} and uninstalling take the wish away first. When the framework itself
     * stops, that of all bundles stays, but the system bundle is stopping already. A component that goes while its bundle stays has lost
     * what it needs, the keeper of what would be left perhaps.
     */
    public static Departure of(BundleContext context) {
        Bundle bundle = context.getBundle();
        boolean shutDown = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() != Bundle.ACTIVE;
        boolean wanted = bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
        return bundle.getState() == Bundle.STOPPING && wanted && !shutDown ? REPLACED : FOR_GOOD;
    }
}
