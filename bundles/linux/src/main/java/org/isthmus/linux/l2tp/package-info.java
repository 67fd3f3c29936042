/**
 * Linux's own L2TP: tunnels and sessions by generic netlink ({@link org.isthmus.linux.l2tp.L2tpFamily}), and the sockets that hand PPP
 * sessions to {@link org.isthmus.linux.ppp}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.isthmus.linux.l2tp;
