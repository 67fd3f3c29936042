package org.isthmus.api.dataplane;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.osgi.annotation.versioning.ConsumerType;

/** A session's data path. Called by its tunnel's worker only. */
@ConsumerType
public interface SessionPath {

    /** Sends a PPP control frame: begins with the two-byte PPP protocol field, from position to limit. */
    void sendPpp(ByteBuffer frame);

    /**
     * Lets network packets pass: puts the addresses and routes into the system. A second call replaces what the
     * first said.
     *
     * @return completes when packets can pass, or exceptionally with {@link DataplaneException}
     */
    CompletionStage<Void> networkUp(NetworkSpec network);

    /** Stops network packets and takes away addresses and routes; PPP control frames still pass. */
    void networkDown();

    /**
     * Gets ready for encryption, before CCP begins and whenever it begins anew: ends the one that was. Only for a session that is
     * {@link PppPseudowire#encrypted}.
     *
     * @return completes when CCP may begin, or exceptionally with {@link DataplaneException}
     */
    default CompletionStage<Void> prepareEncryption(EncryptionKeys keys) {
        return CompletableFuture.failedFuture(new DataplaneException("this data plane does not encrypt"));
    }

    /** CCP is open: network packets pass from now on, encrypted so, as far as the network is up. */
    default void encrypt(PppEncryption encryption) {
        throw new UnsupportedOperationException("this data plane does not encrypt");
    }

    /** CCP is no longer open: no network packet passes until {@link #encrypt}. */
    default void stopEncryption() {
    }

    /**
     * Has PPP frames of this session, control frames included, leave through the other session and those of the other one
     * through this one, until one of them is closed; null ends it for both. Neither's packets reach the system or the engine
     * meanwhile. The two may belong to tunnels of different workers; the worker of either may call this, once for both.
     *
     * @param other a path of the same data plane
     * @throws IllegalArgumentException if it is not, or if one of them carries no PPP
     */
    void passTo(SessionPath other);

    /**
     * Makes this session a link of a bundle (RFC 1990): network packets, and control frames of the network protocols (0x8000 to
     * 0xbfff), are split over all of its links and put together again. The links have one network and one interface:
     * {@link #networkUp} of any of them sets the bundle's, and such control frames come to the port of the link that leads: the one
     * that began the bundle, until another one does by {@link #leadBundle}. The bundle lives until its last link is closed or
     * leaves.
     *
     * @param bundle what was agreed on, the same for all links
     * @param other  a path of the same data plane that is a link of the bundle; empty to begin one. It may belong to a tunnel
     *               of another worker, and be closed while this call is under way
     * @return completes when fragments can pass over this link, or exceptionally with {@link DataplaneException}
     * @throws IllegalArgumentException if the other is a path of another data plane, or carries no PPP
     */
    default CompletionStage<Void> joinBundle(BundleSpec bundle, Optional<SessionPath> other) {
        return CompletableFuture.failedFuture(new DataplaneException("this data plane does not bundle PPP links"));
    }

    /** Has control frames of the network protocols come to the port of this link of a bundle from now on. */
    default void leadBundle() {
    }

    /**
     * Takes this link out of its bundle. If it was the last one the bundle's network is gone too. The session then has no
     * network, and all of its control frames pass by themselves.
     */
    default void leaveBundle() {
    }

    /**
     * The far end says that it cannot take traffic, or that it can again (RFC 3931 section 5.4.5). What would go to it
     * meanwhile is dropped and counted as an error of sending.
     */
    default void hold(boolean held) {
    }

    /** The largest network packet from now on, in bytes: the tunnel's path has been measured. */
    void mtu(int mtu);

    /** The name of the interface that the session's packets use, or an empty string before there is one. */
    String interfaceName();

    /**
     * The descriptor of the kernel's connected PPPoX socket of this session, which the path keeps owning, for a PPP that runs in
     * another process; -1 where the frames do not pass through such a socket.
     */
    default int pppSocket() {
        return -1;
    }

    /** What passed so far; all of it when the path is closed. */
    SessionDataCounters counters();

    /**
     * The sequence number that our next packet would have, so that another data plane can go on from there. May be asked for
     * when the path is closed, too.
     */
    default int nextNumber() {
        return 0;
    }

    /** Closes the path; the packets of the session are dropped from now on. */
    void close();
}
