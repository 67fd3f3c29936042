/** What somebody offers the engine who knows how a kind of peer differs. First to read: {@link org.isthmus.api.quirk.Quirk}. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.isthmus.api.quirk;
