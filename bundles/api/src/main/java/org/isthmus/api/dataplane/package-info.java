/** What a data plane offers the engine, and what the engine offers it. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("2.2.0")
package org.isthmus.api.dataplane;
