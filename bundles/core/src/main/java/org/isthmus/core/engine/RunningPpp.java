package org.isthmus.core.engine;

import java.nio.ByteBuffer;
import java.util.Optional;

import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.config.Settings;
import org.isthmus.core.checkpoint.LiveSessionCheckpoint;
import org.isthmus.core.state.SavedPpp;

/** The PPP of a session, whoever runs it. On the worker's thread. */
interface RunningPpp {

    /** Begins. */
    void open();

    /** A frame has come to the engine. */
    default void received(ByteBuffer frame) {
    }

    /** Ends PPP with a word to the peer; the call ends after it. */
    void close(String why);

    /** The call is gone. */
    void lowerDown();

    /** Takes over what can change while the link is up. */
    default void change(Settings changed) {
    }

    /** What the peer sends cannot be decrypted. */
    default void decryptionFailed(boolean passed) {
    }

    /** The session has a data path, the first or another one. */
    void attached();

    /** The largest packet from now on, in bytes; the data path knows it already. */
    default void mtu(int largest) {
    }

    /** What has to be kept of it to go on after a failure, if that can be done. */
    default Optional<SavedPpp> saved() {
        return Optional.empty();
    }

    /** Packets passed last at this time; the latest at which they passed on any link of its bundle. */
    default long heard(long millis) {
        return millis;
    }

    /** Whether the system has the networks that are up. */
    default boolean passes() {
        return true;
    }

    /** What another object needs to go on with it, if that can be done. */
    default Optional<LiveSessionCheckpoint.Ppp> checkpoint() {
        return Optional.empty();
    }

    /** Another object begins anew with it: ends without a word, to whomever. */
    default void leave() {
        lowerDown();
    }

    PppLinkStatus status();

    /** The interface that its packets use, empty where that is the data path's matter. */
    default String interfaceName() {
        return "";
    }
}
