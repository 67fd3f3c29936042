package org.isthmus.core.state;

import java.util.Optional;

import org.isthmus.api.Origin;
import org.isthmus.protocol.tunnel.SessionSnapshot;

/**
 * A session as it is kept.
 *
 * @param name     for people; of a session of ours the name of its block
 * @param origin   who asked for it
 * @param protocol what the protocol has of it
 * @param ppp      what its PPP agreed on; empty where it carries something else
 */
public record SavedSession(String name, Origin origin, SessionSnapshot protocol, Optional<SavedPpp> ppp) {
}
