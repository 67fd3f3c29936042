/**
 * Netlink: messages to and from the kernel, and over them links, addresses and routes ({@link org.isthmus.linux.netlink.RouteSocket}) and
 * the generic families ({@link org.isthmus.linux.netlink.GenericFamily}).
 * {@link org.isthmus.linux.netlink.NetlinkRequest}, {@link org.isthmus.linux.netlink.NetlinkSocket} and the two cursors serve any
 * netlink family.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.3.0")
package org.isthmus.linux.netlink;
