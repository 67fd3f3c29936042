/** What a judge of PPP users offers the engine. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.isthmus.api.auth;
