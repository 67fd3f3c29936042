package org.isthmus.core.plugin;

/**
 * The bundle that a plugin is from.
 *
 * @param bundle  its symbolic name
 * @param version its version
 */
public record Owner(String bundle, String version) {
    /** Of what was not plugged in by a bundle. */
    public static final Owner NOBODY = new Owner("", "");

    @Override
    public String toString() {
        return bundle.isEmpty() ? "no bundle" : "bundle " + bundle + " " + version;
    }
}
