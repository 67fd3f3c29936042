package org.isthmus.dataplane.user;

import org.isthmus.linux.AddressFamily;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.Tun;
import org.isthmus.linux.UdpSocket;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Two connected UDP sockets in the place of a TUN interface and the system behind it: what one writes the other reads. */
final class FakeTun implements AutoCloseable {

    private final UdpSocket inside = UdpSocket.open(AddressFamily.INET);
    private final UdpSocket outside = UdpSocket.open(AddressFamily.INET);
    private final Tun system;
    final Tun tun;

    FakeTun() throws LinuxException {
        for (UdpSocket socket : new UdpSocket[] {inside, outside}) {
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
        }
        inside.connect(outside.localAddress());
        outside.connect(inside.localAddress());
        tun = Tun.adopt(inside.descriptor(), Tun.Kind.TUN, "fake");
        system = Tun.adopt(outside.descriptor(), Tun.Kind.TUN, "system");
    }

    /** The system sends a packet into the interface. */
    void send(ByteBuffer packet) {
        system.write(packet);
    }

    /** The system reads what came out of the interface; negative if nothing did. */
    int receive(ByteBuffer into) {
        return system.read(into);
    }

    @Override
    public void close() {
        inside.close();
        outside.close();
    }
}
