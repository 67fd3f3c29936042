package org.isthmus.protocol.tunnel;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.isthmus.protocol.wire.DigestType;
import org.isthmus.protocol.wire.PseudowireType;

/**
 * How a tunnel of version 3 behaves beside what is common to both versions: part of {@link TunnelConfig}. Start with
 * {@link #DEFAULT}.
 *
 * <p>With a secret, a digest authenticates each message in both directions; without one it only detects corruption.
 *
 * @param fallback      as originator tries version 3 first and then version 2, which UDP only can; as receiver takes
 *                      either. Default false
 * @param routerId      Router ID AVP, an unsigned number that is unique among the peers of a peer. Default 1
 * @param pseudowires   what sessions may carry: the Pseudowire Capabilities List. Default all
 * @param digest        what our messages are authenticated with. Default {@link DigestType#NONE}: then they are still,
 *                      by HMAC-MD5, for a peer that asks for it, if there is a secret
 * @param requireDigest refuses peers that do not authenticate their messages; needs a secret and a digest. Default
 *                      false
 */
public record V3Config(boolean fallback, int routerId, Set<PseudowireType> pseudowires, DigestType digest,
        boolean requireDigest) {

    /** The defaults. */
    public static final V3Config DEFAULT = new V3Config(false, 1, EnumSet.allOf(PseudowireType.class),
            DigestType.NONE, false);

    /** Copies the set. */
    public V3Config {
        Set<PseudowireType> copy = EnumSet.noneOf(PseudowireType.class);
        copy.addAll(pseudowires);
        pseudowires = Collections.unmodifiableSet(copy);
        Objects.requireNonNull(digest);
        if (requireDigest && digest == DigestType.NONE) {
            throw new IllegalArgumentException("requireDigest needs a digest");
        }
    }

    public V3Config withFallback(boolean value) {
        return new V3Config(value, routerId, pseudowires, digest, requireDigest);
    }

    public V3Config withRouterId(int value) {
        return new V3Config(fallback, value, pseudowires, digest, requireDigest);
    }

    public V3Config withPseudowires(Set<PseudowireType> value) {
        return new V3Config(fallback, routerId, value, digest, requireDigest);
    }

    /** Both settings of authentication, since the second depends on the first. */
    public V3Config withDigest(DigestType value, boolean required) {
        return new V3Config(fallback, routerId, pseudowires, value, required);
    }
}
