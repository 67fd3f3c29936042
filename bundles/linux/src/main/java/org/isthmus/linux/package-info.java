/**
 * Linux as the appliance needs it: sockets for UDP and L2TP over IP, in batches, epoll, TUN and TAP, network namespaces, descriptors. The only importer of
 * jnr-ffi.
 *
 * <p>Two rules hold in the whole package. Calls that set something up throw {@link org.isthmus.linux.LinuxException}. Calls of the
 * hot path (receive, send, read, write, await) allocate nothing, take direct buffers, and return a count or a negative
 * {@link org.isthmus.linux.Errno}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("2.3.0")
package org.isthmus.linux;
