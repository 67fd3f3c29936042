/**
 * The wire format of L2TP (RFC 2661 sections 3 and 4, RFC 3931 sections 3 and 5) and what later RFCs add to it: headers,
 * AVPs, hiding, result codes.
 *
 * <p>Nothing in here throws on what a peer sent: parsers answer with a value that says what is wrong.
 * Everything is free of state and may be used from any thread.
 */
@Export
@Version("2.0.0")
package org.isthmus.protocol.wire;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
