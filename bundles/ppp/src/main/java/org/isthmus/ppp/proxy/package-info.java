/**
 * A link that another end began: what a LAC reports of LCP and authentication (RFC 2661 section 4.4.5,
 * {@link org.isthmus.ppp.proxy.ProxyValues}), and whether a link may go on from there
 * ({@link org.isthmus.ppp.proxy.ProxyJudge}).
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package org.isthmus.ppp.proxy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
