package org.isthmus.protocol.tunnel;

import java.util.Set;
import org.isthmus.protocol.wire.PseudowireType;

/**
 * What a peer of version 3 said about itself beside what is common to both versions.
 *
 * @param routerId          its Router ID, unsigned; 0 when it sent none
 * @param pseudowires       those of the pseudowires it can carry that are known here; all when it sent no list
 * @param authenticated     true when its messages are authenticated by a digest
 * @param preferredLanguage the language it wants to read, empty when it did not say
 */
public record V3Facts(int routerId, Set<PseudowireType> pseudowires, boolean authenticated,
        String preferredLanguage) {
}
