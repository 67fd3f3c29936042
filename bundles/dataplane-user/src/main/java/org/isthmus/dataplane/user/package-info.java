/** The userspace data plane. */
package org.isthmus.dataplane.user;
