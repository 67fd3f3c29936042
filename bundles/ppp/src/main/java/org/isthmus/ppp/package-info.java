/**
 * PPP without input or output of its own: a {@link org.isthmus.ppp.PppLink} is fed frames and the time, and gives
 * back frames, events and the time at which it wants to be called again. It has no thread, socket, clock or logger.
 *
 * <p>Standards: RFC 1661 (LCP), 1570 (Identification, Time-Remaining), 1334 (PAP), 1994 (CHAP), 2433 and 2759
 * (MS-CHAP), 1990 (multilink), 1332 and 1877 (IPCP), 5072 (IPV6CP), 1962 (CCP), 3078 and 3079 (MPPE). Start with
 * {@link org.isthmus.ppp.PppLink}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.2.0")
package org.isthmus.ppp;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
