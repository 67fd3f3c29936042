/**
 * Keeps file descriptors and state while a bundle is replaced. First to read: {@link org.isthmus.handover.Handover}.
 * This bundle is tiny and knows nothing of what it keeps, so that it need hardly ever be replaced itself.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.2.0")
package org.isthmus.handover;
