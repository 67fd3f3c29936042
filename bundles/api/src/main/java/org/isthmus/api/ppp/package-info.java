/** What another PPP than the engine's own offers the engine, and what the engine offers it. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.isthmus.api.ppp;
