/** PPP as a state machine without input or output of its own. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.isthmus.ppp;
