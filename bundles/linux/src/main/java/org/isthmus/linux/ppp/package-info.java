/**
 * Linux's PPP behind /dev/ppp: channels, over which frames come and go, and units, which are the network interfaces on top of them.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.2.0")
package org.isthmus.linux.ppp;
