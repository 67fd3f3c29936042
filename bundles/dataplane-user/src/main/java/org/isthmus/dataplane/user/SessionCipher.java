package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.PppEncryption;
import org.isthmus.ppp.mppe.MppeReceiver;
import org.isthmus.ppp.mppe.MppeSender;
import org.isthmus.ppp.mppe.MppeStrength;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/**
 * MPPE of one session as it was agreed on. What is sent is encrypted by the one thread that reads the session's interface, what is received
 * decrypted by the worker; they share no lock.
 *
 * <p>With state, the answer to a peer that is out of step must be the last word before the packet that begins anew. So it leaves with
 * that packet, on the thread that encrypts it.
 */
final class SessionCipher {

    private static final int CCP = 0x80fd;
    private static final int RESET_ACK = 15;

    private final MppeSender sender;
    private final MppeReceiver receiver;
    private final boolean stateless;
    private final AtomicReference<ByteBuffer> answer = new AtomicReference<>();

    SessionCipher(PppEncryption encryption) {
        PppEncryption.Direction send = encryption.send();
        PppEncryption.Direction receive = encryption.receive();
        this.stateless = send.stateless();
        this.sender = new MppeSender(strength(send), send.stateless(), send.startKey());
        this.receiver = new MppeReceiver(strength(receive), receive.stateless(), receive.startKey());
    }

    private static MppeStrength strength(PppEncryption.Direction direction) {
        return MppeStrength.ofBits(direction.bits())
                .orElseThrow(() -> new IllegalArgumentException("MPPE has no keys of " + direction.bits() + " bits"));
    }

    /** Keeps a frame of PPP's that has to wait for the next packet; false for all others. On the worker. */
    boolean keeps(ByteBuffer frame) {
        int at = frame.position();
        boolean waits = !stateless && frame.remaining() >= 3 && (frame.getShort(at) & 0xffff) == CCP && frame.get(at + 2) == RESET_ACK;
        if (waits) {
            answer.set(ByteBuffer.allocate(frame.remaining()).put(frame.duplicate()).flip());
        }
        return waits;
    }

    /** The frame that has to leave before the next packet, which then begins anew; null if there is none, as usual. */
    ByteBuffer takeKept() {
        if (answer.get() == null) {
            return null;
        }
        sender.flush();
        return answer.getAndSet(null);
    }

    /** Encrypts a packet as {@link MppeSender#encrypt} does. */
    void encrypt(ByteBuffer packet) {
        sender.encrypt(packet);
    }

    /** Decrypts a packet as {@link MppeReceiver#decrypt} does. */
    int decrypt(ByteBuffer packet, int at, int end) {
        return receiver.decrypt(packet, at, end);
    }
}
