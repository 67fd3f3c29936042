/** A quirk that adds and reads AVPs of a vendor. First to read: {@link org.isthmus.examples.sitetags.SiteTags}. */
package org.isthmus.examples.sitetags;
