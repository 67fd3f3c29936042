/**
 * The immutable model of tunnels and sessions, the events, and the admin service.
 * First to read: {@link org.isthmus.api.L2tpAdmin}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.4.0")
package org.isthmus.api;
