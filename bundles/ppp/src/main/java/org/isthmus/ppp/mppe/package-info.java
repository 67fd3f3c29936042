/**
 * MPPE, RFC 3078: packets encrypted one by one, and the keys for it, RFC 3079. First to read: {@link org.isthmus.ppp.mppe.MppeSender}
 * and {@link org.isthmus.ppp.mppe.MppeReceiver}, which a data plane runs itself.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package org.isthmus.ppp.mppe;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
