/**
 * Replaces bundles while tunnels are up: shows first what that does, does it, looks whether all is as before, and puts the bundles of
 * before back where it is not. {@link org.isthmus.upgrade.Upgrade} is first to read.
 *
 * <p>It imports of the project's packages those of {@code handover} alone, the one bundle that is not replaced this way, and asks the
 * engine and {@code linux} by reflection: so none of the others takes it along when it is replaced.
 */
package org.isthmus.upgrade;
