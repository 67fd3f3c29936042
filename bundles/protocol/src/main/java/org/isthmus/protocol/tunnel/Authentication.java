package org.isthmus.protocol.tunnel;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.isthmus.protocol.tunnel.TunnelCheckpoint.Digests;
import org.isthmus.protocol.wire.AvpType;
import org.isthmus.protocol.wire.ControlMessage;
import org.isthmus.protocol.wire.DigestType;
import org.isthmus.protocol.wire.MessageAuthentication;
import org.isthmus.protocol.wire.MessageAuthentication.Verdict;
import org.isthmus.protocol.wire.MessageWriter;

/**
 * Control message authentication of one control connection of version 3 (RFC 3931 section 4.3): whether it is enabled,
 * with which digest, and both nonces. Either both ends take part or neither does.
 */
final class Authentication {

    private static final byte[] NONE = {};

    private final TunnelConfig config;
    private final RandomGenerator random;
    private final MessageAuthentication keys;
    private final byte[] hidingKey;
    /** What finds corruption where authentication is not enabled. */
    private final MessageAuthentication checksum = new MessageAuthentication(NONE);
    private DigestType digest;
    private boolean enabled;
    private byte[] localNonce = NONE;
    private byte[] remoteNonce = NONE;
    /** Whether the peer has our nonce: before, its digests are made without it. */
    private boolean nonceSent;

    Authentication(TunnelConfig config, RandomGenerator random) {
        this.config = config;
        this.random = random;
        this.keys = new MessageAuthentication(config.secret());
        this.hidingKey = MessageAuthentication.hidingKey(config.secret());
        this.digest = config.v3().digest();
    }

    byte[] hidingKey() {
        return hidingKey;
    }

    boolean isEnabled() {
        return enabled;
    }

    /** Our nonce; empty where authentication is not enabled. */
    byte[] localNonce() {
        return localNonce;
    }

    /** As originator: authenticates when there is a secret and the configuration says how. */
    void originate() {
        if (config.hasSecret() && digest != DigestType.NONE) {
            enable();
            nonceSent = true;
        }
    }

    /**
     * As receiver: an SCCRQ came. A nonce in it asks for authentication.
     *
     * @return false when its digest is wrong
     */
    boolean answer(ByteBuffer sccrq) {
        byte[] nonce = MessageAuthentication.nonceOf(sccrq);
        if (nonce.length == 0 || !config.hasSecret()) {
            // Without a secret nothing can be said of what the peer signed; the set-up refuses it.
            return nonce.length > 0 || checksum.check(sccrq, NONE, NONE) != Verdict.INVALID;
        }
        if (keys.check(sccrq, NONE, NONE) != Verdict.VALID) {
            return false;
        }
        if (digest == DigestType.NONE) {
            digest = DigestType.MD5;
        }
        enable();
        remoteNonce = nonce;
        return true;
    }

    private void enable() {
        enabled = true;
        localNonce = new byte[MessageAuthentication.NONCE_BYTES];
        random.nextBytes(localNonce);
        config.challengeBook().add(localNonce);
    }

    /** Whether this SCCRQ or SCCRP brings back a nonce of ours: who has no secret could have us answer ourselves. */
    boolean isReflected(ControlMessage message) {
        return config.challengeBook().contains(message.octets(AvpType.AUTHENTICATION_NONCE));
    }

    /** Our nonce is no secret of an outstanding set-up any more. */
    void forget() {
        config.challengeBook().remove(localNonce);
    }

    /** As receiver: SCCRP comes next, from which on digests count our nonce. */
    void sendNonce() {
        nonceSent = true;
    }

    /** As originator: the SCCRP that passed {@link #isAuthentic} brought the nonce of the peer. */
    void learnNonce(ControlMessage sccrp) {
        remoteNonce = sccrp.octets(AvpType.AUTHENTICATION_NONCE);
    }

    Digests checkpoint() {
        return new Digests(enabled, digest, localNonce, remoteNonce, nonceSent);
    }

    /** @param outstanding whether the set-up goes on, so that our nonce must not come back to us */
    void resume(Digests before, boolean outstanding) {
        enabled = before.enabled();
        digest = before.digest();
        localNonce = before.localNonce();
        remoteNonce = before.remoteNonce();
        nonceSent = before.nonceSent();
        if (outstanding && enabled) {
            config.challengeBook().add(localNonce);
        }
    }

    /** A recovery tunnel is up: the recovered one goes on with its nonces (RFC 4951 section 3.2.1). */
    void adopt(Authentication recovery) {
        enabled = recovery.enabled;
        digest = recovery.digest;
        localNonce = recovery.localNonce;
        remoteNonce = recovery.remoteNonce;
        nonceSent = recovery.nonceSent;
    }

    /**
     * Whether the peer wrote this message, or where authentication is not enabled, whether it arrived unharmed.
     *
     * @param expectsNonce true for an originator that has no SCCRP yet: the nonce stands in the message itself
     */
    boolean isAuthentic(ByteBuffer datagram, boolean expectsNonce) {
        if (!enabled) {
            return checksum.check(datagram, NONE, NONE) != Verdict.INVALID;
        }
        byte[] nonce = expectsNonce ? MessageAuthentication.nonceOf(datagram) : remoteNonce;
        return keys.check(datagram, localNonce, nonce) == Verdict.VALID;
    }

    /** Keeps the place for the digest, right after the Message Type. */
    MessageWriter reservePlace(MessageWriter writer) {
        return enabled || !config.hasSecret() ? writer.digest(digest) : writer;
    }

    /** Signs a message that is about to be sent, its Ns and Nr filled in. */
    void sign(byte[] message) {
        if (enabled) {
            keys.sign(message, nonceSent ? localNonce : NONE, remoteNonce);
        } else {
            checksum.sign(message, NONE, NONE);
        }
    }
}
