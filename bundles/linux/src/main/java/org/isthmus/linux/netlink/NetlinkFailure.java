package org.isthmus.linux.netlink;

import org.isthmus.linux.LinuxException;

/**
 * Why the kernel refused one request of many.
 *
 * @param index the request's place in the list
 * @param request the request
 * @param cause the error with the kernel's own words, where it gave some
 */
public record NetlinkFailure(int index, NetlinkRequest request, LinuxException cause) {
}
