/**
 * Writes datagrams down in the format of packet captures, pcapng, which protocol analysers read. No file is opened in here:
 * blocks of octets come out.
 */
@Export
@Version("1.0.0")
package org.isthmus.protocol.capture;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
