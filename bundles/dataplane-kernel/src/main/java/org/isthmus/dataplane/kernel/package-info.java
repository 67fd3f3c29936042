/** The data plane {@code kernel}: Linux's own L2TP carries the packets, and this process tells it what to carry. */
package org.isthmus.dataplane.kernel;
