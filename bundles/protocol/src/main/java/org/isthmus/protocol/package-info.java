/** L2TPv2 control connections and sessions as state machines without input or output of their own. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.isthmus.protocol;
