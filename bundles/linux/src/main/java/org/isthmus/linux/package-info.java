/** Typed bindings to Linux's system calls; the only importer of jnr-ffi. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.isthmus.linux;
