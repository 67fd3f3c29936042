package org.isthmus.linux;

import org.isthmus.linux.libc.Abi;
import org.isthmus.linux.libc.LibC;
import org.isthmus.linux.libc.Memory;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Short texts between processes of this machine, with descriptors beside them (AF_UNIX datagrams, SCM_RIGHTS). One thread at a time. */
public final class TextSocket implements Closeable {

    private static final int AF_UNIX = 1;
    private static final int PATH_BYTES = 108;
    private static final int SCM_RIGHTS = 1;
    private static final int CLOSE_ON_EXEC = 0x40000000;
    private static final int DONT_WAIT = 0x40;
    private static final int LONGEST_TEXT = 4096;
    /** The most that Linux lets pass beside one text. */
    private static final int MOST_DESCRIPTORS = 253;
    private static final int PATIENCE_SECONDS = 5;

    private static final Abi ABI = Abi.HOST;
    private final Descriptor descriptor;

    private TextSocket(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * A text that has come.
     *
     * @param text        the text
     * @param descriptors those beside it, which are the receiver's to close; they are set to close on exec
     */
    public record Message(String text, List<Descriptor> descriptors) {
    }

    /**
     * Hears at a file of this name, which is made anew; only this user and root may write to it.
     *
     * @param file a path of up to 107 octets
     * @throws IOException if the file cannot be made or protected, or its name is too long
     */
    public static TextSocket at(Path file) throws IOException {
        Files.deleteIfExists(file);
        TextSocket socket = open();
        try {
            Memory address = address(file.toString());
            check("listen at " + file, LibC.C.bind(socket.descriptor.number(), address.address(), address.size()));
            Reference.reachabilityFence(address);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return socket;
        } catch (IOException | RuntimeException refused) {
            socket.close();
            throw refused;
        }
    }

    /**
     * Sends to whoever hears there; a send that finds no room waits for 5 s at most.
     *
     * @param name a file, or with an @ in front a name in the network namespace; up to 107 octets
     * @throws LinuxException if nobody hears there, or the name is too long
     */
    public static TextSocket to(String name) throws LinuxException {
        TextSocket socket = open();
        try {
            Memory patience = Memory.allocate(2 * ABI.wordBytes());
            patience.putWord(0, PATIENCE_SECONDS);
            check("set the patience of a socket", LibC.C.setsockopt(socket.descriptor.number(), ABI.solSocket(), ABI.soSendTimeout(),
                    patience.address(), patience.size()));
            Reference.reachabilityFence(patience);
            Memory address = address(name);
            check("connect to " + name, LibC.C.connect(socket.descriptor.number(), address.address(), address.size()));
            Reference.reachabilityFence(address);
            return socket;
        } catch (LinuxException refused) {
            socket.close();
            throw refused;
        }
    }

    private static TextSocket open() throws LinuxException {
        return new TextSocket(Descriptor.opened("open a unix socket",
                LibC.C.socket(AF_UNIX, ABI.sockDgram() | ABI.closeOnExec(), 0)));
    }

    private static Memory address(String name) throws LinuxException {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path.length >= PATH_BYTES) {
            throw new LinuxException("use " + name + " as a socket, which may have " + (PATH_BYTES - 1) + " octets", Errno.EINVAL);
        }
        boolean isAbstract = name.startsWith("@");
        Memory address = Memory.allocate(2 + path.length + (isAbstract ? 0 : 1));
        address.putShort(0, AF_UNIX);
        if (isAbstract) {
            path[0] = 0;
        }
        address.putBytes(2, path);
        return address;
    }

    /**
     * Sends a text of up to 4096 octets, of which a receiver here takes no more.
     *
     * @param descriptors go with it, up to 253; they stay the caller's
     * @throws LinuxException if the receiver is gone, or had no room for 5 s
     */
    public void send(String text, Descriptor... descriptors) throws LinuxException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        Memory data = Memory.allocate(octets.length);
        data.putBytes(0, octets);
        MessageHeader header = new MessageHeader();
        header.data(data.address(), octets.length);
        Memory control = Memory.allocate(controlBytes(Math.max(1, descriptors.length)));
        if (descriptors.length > 0) {
            control.putWord(0, ABI.cmsgHeaderBytes() + descriptors.length * Integer.BYTES);
            control.putInt(ABI.cmsgLevel(), ABI.solSocket());
            control.putInt(ABI.cmsgType(), SCM_RIGHTS);
            for (int i = 0; i < descriptors.length; i++) {
                control.putInt(ABI.cmsgHeaderBytes() + i * Integer.BYTES, descriptors[i].number());
            }
            header.control(control.address(), controlBytes(descriptors.length));
        }
        check("send " + text.replace('\n', ' '), LibC.C.sendmsg(descriptor.number(), header.address(), 0));
        Reference.reachabilityFence(header);
        Reference.reachabilityFence(data);
        Reference.reachabilityFence(control);
    }

    private static int controlBytes(int descriptors) {
        return ABI.cmsgHeaderBytes() + ABI.alignToWord(descriptors * Integer.BYTES);
    }

    /**
     * The next text, if one has come; never waits.
     *
     * @throws LinuxException if the socket cannot be read
     */
    public Optional<Message> receive() throws LinuxException {
        Memory data = Memory.allocate(LONGEST_TEXT);
        Memory control = Memory.allocate(controlBytes(MOST_DESCRIPTORS));
        MessageHeader header = new MessageHeader();
        header.data(data.address(), data.size());
        header.control(control.address(), control.size());
        int received = LibC.orNegativeErrno(LibC.C.recvmsg(descriptor.number(), header.address(), DONT_WAIT | CLOSE_ON_EXEC));
        Reference.reachabilityFence(data);
        Reference.reachabilityFence(control);
        if (received == -Errno.EAGAIN || received == -Errno.EINTR) {
            return Optional.empty();
        }
        check("receive a text", received < 0 ? -1 : 0);
        byte[] octets = new byte[received];
        data.getBytes(0, octets);
        return Optional.of(new Message(new String(octets, StandardCharsets.UTF_8), descriptors(control, header.controlLength())));
    }

    private static List<Descriptor> descriptors(Memory control, int length) {
        List<Descriptor> found = new ArrayList<>();
        for (int at = 0; at + ABI.cmsgHeaderBytes() <= length; at += ABI.alignToWord((int) control.getWord(at))) {
            int end = at + (int) control.getWord(at);
            if (control.getInt(at + ABI.cmsgLevel()) == ABI.solSocket() && control.getInt(at + ABI.cmsgType()) == SCM_RIGHTS) {
                for (int place = at + ABI.cmsgHeaderBytes(); place + Integer.BYTES <= end; place += Integer.BYTES) {
                    found.add(Descriptor.owning(control.getInt(place)));
                }
            }
        }
        return found;
    }

    private static void check(String call, long result) throws LinuxException {
        if (result < 0) {
            throw new LinuxException(call, LibC.errno());
        }
    }

    /** Readable when a text has come; to be watched with {@link Epoll}. */
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
