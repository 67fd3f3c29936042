/**
 * L2TP datagrams in words, as a protocol analyser shows them: header, AVPs with their flags, values with their meaning.
 *
 * <p>What may be a secret is shown as its length: hidden values, responses to challenges, cookies, what PPP carries.
 * Nothing in here throws on what a peer sent. Everything is free of state and may be used from any thread.
 */
@Export
@Version("1.0.0")
package org.isthmus.protocol.trace;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
