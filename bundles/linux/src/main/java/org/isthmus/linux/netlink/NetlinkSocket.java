package org.isthmus.linux.netlink;

import org.isthmus.linux.Descriptor;
import org.isthmus.linux.Errno;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;
import org.isthmus.linux.libc.Memory;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A netlink socket for requests and their answers. It blocks until the kernel has answered, which for all families used here is within
 * the call, and gives up after 5 s. For one thread at a time; never a thread that must not block.
 */
public final class NetlinkSocket implements Closeable {

    /** The family of links, addresses and routes. */
    public static final int ROUTE = 0;
    /** The family of IPsec policies and associations. */
    public static final int XFRM = 6;
    /** The family of the families without a number of their own, L2TP among them. */
    public static final int GENERIC = 16;

    private static final int AF_NETLINK = 16;
    private static final int ADDRESS_BYTES = 12;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int NETLINK_GET_STRICT_CHK = 12;
    private static final int FLAG_REQUEST = 1;
    private static final int FLAG_ACK = 4;
    private static final int FLAG_DUMP = 0x300;
    private static final int FLAG_DUMP_INTERRUPTED = 0x10;
    private static final int MSG_TRUNC = 0x20;

    private static final long TIMEOUT_SECONDS = 5;
    /** Requests in one send: the answers of all of them fit the receive buffer even if each one fails. */
    private static final int CHUNK = 128;
    private static final int MAX_REQUEST_BYTES = 4096;
    private static final int SEND_BYTES = 64 * 1024;
    private static final int RECEIVE_BYTES = 64 * 1024;
    private static final int RECEIVE_BUFFER_BYTES = 1024 * 1024;
    private static final int DUMP_ATTEMPTS = 5;

    private final Descriptor descriptor;
    private final Memory out = Memory.allocate(SEND_BYTES);
    private final Memory in = Memory.allocate(RECEIVE_BYTES);
    private int sequence;

    private NetlinkSocket(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Opens a socket of a family: {@link #ROUTE}, {@link #GENERIC}, {@link #XFRM}. */
    public static NetlinkSocket open(int protocol) throws LinuxException {
        Abi abi = Abi.HOST;
        Descriptor descriptor = descriptor(protocol, 0);
        int number = descriptor.number();
        Memory value = Memory.allocate(2 * abi.wordBytes());
        value.putInt(0, 1);
        // Better error texts, stricter checks, more room: an old kernel or a process with fewer rights does without them.
        for (int option : new int[] {NETLINK_CAP_ACK, NETLINK_EXT_ACK, NETLINK_GET_STRICT_CHK}) {
            LibC.C.setsockopt(number, SOL_NETLINK, option, value.address(), 4);
        }
        value.putInt(0, RECEIVE_BUFFER_BYTES);
        LibC.C.setsockopt(number, abi.solSocket(), abi.soRcvBufForce(), value.address(), 4);
        value.putWord(0, TIMEOUT_SECONDS);
        value.putWord(abi.wordBytes(), 0);
        if (LibC.C.setsockopt(number, abi.solSocket(), abi.soRcvTimeout(), value.address(), value.size()) < 0) {
            LinuxException failure = new LinuxException("set the timeout of a netlink socket", LibC.errno());
            descriptor.close();
            throw failure;
        }
        return new NetlinkSocket(descriptor);
    }

    /**
     * A socket that does not block and hears what is told to groups.
     *
     * @param groups those that it joins, the first in the lowest bit; 0 for none yet
     */
    static Descriptor hearing(int protocol, int groups) throws LinuxException {
        Descriptor descriptor = descriptor(protocol, Abi.HOST.nonBlock());
        Memory value = Memory.allocate(ADDRESS_BYTES);
        // struct sockaddr_nl { u16 family; u16 padding; u32 port; u32 groups; }. A socket without a port of its own hears nothing: the kernel
        // takes it for the sender, whose port is 0 too.
        value.putInt(0, 0);
        value.putShort(0, AF_NETLINK);
        value.putInt(4, 0);
        value.putInt(8, groups);
        if (LibC.C.bind(descriptor.number(), value.address(), ADDRESS_BYTES) < 0) {
            LinuxException refused = new LinuxException("give a netlink socket a port", LibC.errno());
            descriptor.close();
            throw refused;
        }
        return descriptor;
    }

    static Descriptor descriptor(int protocol, int flags) throws LinuxException {
        Abi abi = Abi.HOST;
        int number = LibC.C.socket(AF_NETLINK, abi.sockRaw() | abi.closeOnExec() | flags, protocol);
        if (number < 0) {
            throw new LinuxException("open a netlink socket", LibC.errno());
        }
        return Descriptor.owning(number);
    }

    /** Runs a request and waits for the kernel's word that it is done. */
    public void execute(NetlinkRequest request) throws LinuxException {
        List<NetlinkFailure> failures = executeAll(List.of(request));
        if (!failures.isEmpty()) {
            throw failures.get(0).cause();
        }
    }

    /**
     * Runs many requests in order with few calls. One that fails does not stop those behind it.
     *
     * @return those that failed, in order
     * @throws LinuxException if the socket itself fails: then some of the requests may have been run
     */
    public List<NetlinkFailure> executeAll(List<NetlinkRequest> requests) throws LinuxException {
        List<NetlinkFailure> failures = new ArrayList<>();
        int done = 0;
        while (done < requests.size()) {
            int first = sequence + 1;
            int count = sendSome(requests, done);
            // Only the last one asks for an answer; a failure answers always.
            awaitAck(requests, done, first, count, failures);
            done += count;
        }
        return failures;
    }

    /** Runs a request that one message answers. */
    public <T> Optional<T> get(NetlinkRequest request, Function<NetlinkReader, Optional<T>> parse) throws LinuxException {
        List<T> answers = new ArrayList<>();
        int expected = send(request, FLAG_REQUEST | FLAG_ACK);
        collect(request, expected, parse, answers);
        return answers.stream().findFirst();
    }

    /** Runs a request that many messages answer; starts over if things changed underneath it. */
    public <T> List<T> dump(NetlinkRequest request, Function<NetlinkReader, Optional<T>> parse) throws LinuxException {
        for (int attempt = 1;; attempt++) {
            List<T> answers = new ArrayList<>();
            int expected = send(request, FLAG_REQUEST | FLAG_DUMP);
            boolean whole = collect(request, expected, parse, answers);
            if (whole || attempt == DUMP_ATTEMPTS) {
                return answers;
            }
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private int sendSome(List<NetlinkRequest> requests, int from) throws LinuxException {
        ByteBuffer buffer = out.slice(0, SEND_BYTES);
        NetlinkWriter writer = new NetlinkWriter(buffer);
        int count = 0;
        int last = 0;
        while (count < CHUNK && from + count < requests.size() && buffer.remaining() >= MAX_REQUEST_BYTES) {
            NetlinkRequest request = requests.get(from + count);
            last = buffer.position();
            writer.message(request.type(), request.flags() | FLAG_REQUEST, ++sequence, request.body());
            count++;
        }
        buffer.putShort(last + 6, (short) (buffer.getShort(last + 6) | FLAG_ACK));
        send(requests.get(from).what(), buffer.position());
        return count;
    }

    private int send(NetlinkRequest request, int flags) throws LinuxException {
        ByteBuffer buffer = out.slice(0, SEND_BYTES);
        new NetlinkWriter(buffer).message(request.type(), request.flags() | flags, ++sequence, request.body());
        send(request.what(), buffer.position());
        return sequence;
    }

    private void send(String what, int length) throws LinuxException {
        int sent = LibC.orNegativeErrno(LibC.C.send(descriptor.number(), out.address(), length, 0));
        if (sent < 0) {
            throw new LinuxException(what, -sent);
        }
    }

    private void awaitAck(List<NetlinkRequest> requests, int from, int firstSequence, int count, List<NetlinkFailure> failures)
            throws LinuxException {
        while (true) {
            NetlinkReader messages = receive(requests.get(from).what());
            while (messages.next()) {
                int offset = messages.sequence() - firstSequence;
                if (messages.type() != NetlinkReader.ERROR || offset < 0 || offset >= count) {
                    continue;
                }
                NetlinkRequest request = requests.get(from + offset);
                int errno = -messages.u32(0);
                if (errno != 0) {
                    failures.add(new NetlinkFailure(from + offset, request, NetlinkError.read(request.what(), messages)));
                }
                if (offset == count - 1) {
                    return;
                }
            }
        }
    }

    /** Gathers the answers up to the final one; false if the kernel says that they do not belong together. */
    private <T> boolean collect(NetlinkRequest request, int expected, Function<NetlinkReader, Optional<T>> parse, List<T> answers)
            throws LinuxException {
        boolean whole = true;
        while (true) {
            NetlinkReader messages = receive(request.what());
            while (messages.next()) {
                if (messages.sequence() != expected) {
                    continue;
                }
                whole &= (messages.flags() & FLAG_DUMP_INTERRUPTED) == 0;
                if (messages.type() == NetlinkReader.ERROR || messages.type() == NetlinkReader.DONE) {
                    if (messages.u32(0) < 0) {
                        throw NetlinkError.read(request.what(), messages);
                    }
                    return whole;
                }
                parse.apply(messages).ifPresent(answers::add);
            }
        }
    }

    private NetlinkReader receive(String what) throws LinuxException {
        long count;
        do {
            count = LibC.orNegativeErrno(LibC.C.recv(descriptor.number(), in.address(), RECEIVE_BYTES, MSG_TRUNC));
        } while (count == -Errno.EINTR);
        if (count == -Errno.EAGAIN) {
            throw new LinuxException(what, Errno.EAGAIN, "no answer within " + TIMEOUT_SECONDS + " s");
        }
        if (count < 0) {
            throw new LinuxException(what, (int) -count);
        }
        if (count == 0 || count > RECEIVE_BYTES) {
            throw new LinuxException(what, Errno.EMSGSIZE, "an answer of " + count + " bytes");
        }
        return new NetlinkReader(in.slice(0, (int) count));
    }
}
