package org.isthmus.upgrade;

/** The names of the manifest headers in which bundles say what is to be known for their replacement. */
final class ManifestHeaders {
    /**
     * {@code core.engine;leaves=1;reads="1,2"}: parcels of {@code handover}, which version of them the bundle leaves, and which versions
     * of them it can go on with.
     */
    static final String PARCELS = "Isthmus-Parcels";
    /**
     * {@code replace;keeps="...";instead="...";packets="...";pause=200}: for people, what goes on from one version to the next, what happens
     * to the rest, what becomes of packets meanwhile, and how many milliseconds it takes by experience. {@code with} names bundles that have
     * to be stopped with it, since they leave first what it hands over.
     */
    static final String REPLACEMENT = "Isthmus-Replacement";

    private ManifestHeaders() {
    }
}
