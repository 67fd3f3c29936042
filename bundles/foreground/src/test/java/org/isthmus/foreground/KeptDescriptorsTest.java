package org.isthmus.foreground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.isthmus.linux.Descriptor;
import org.isthmus.linux.LinuxException;
import org.isthmus.linux.Pipe;
import org.isthmus.linux.TextSocket;
import org.junit.jupiter.api.Test;

/** What the appliance may ask of its keeper, which is what it asks of systemd. */
class KeptDescriptorsTest {
    private final KeptDescriptors kept = new KeptDescriptors();

    private static Descriptor open() throws LinuxException {
        Pipe pipe = Pipe.open();
        pipe.reader().close();
        return pipe.writer();
    }

    private void told(String text, Descriptor... descriptors) {
        kept.told(new TextSocket.Message(text, List.of(descriptors)));
    }

    @Test
    void whatIsKeptGoesToTheNextProcessInOrder() throws LinuxException {
        Descriptor one = open();
        Descriptor two = open();
        told("FDSTORE=1\nFDPOLL=0\nFDNAME=core.a", one);
        told("FDSTORE=1\nFDPOLL=0\nFDNAME=user.shared,l2tp", two);
        assertEquals(Map.of("LISTEN_FDS", "2", "LISTEN_FDNAMES", "core.a:user.shared,l2tp"), kept.environment());
        assertEquals(List.of(one, two), kept.forChild().subList(3, 5));
    }

    @Test
    void whatIsNotKeptAnyMoreIsClosed() throws LinuxException {
        Descriptor one = open();
        Descriptor other = open();
        told("FDSTORE=1\nFDNAME=a", one);
        told("FDSTORE=1\nFDNAME=a", other);
        assertFalse(one.isOpen(), "another of its name takes its place");
        told("FDSTOREREMOVE=1\nFDNAME=a");
        assertFalse(other.isOpen());
        assertEquals(Map.of(), kept.environment());
    }

    @Test
    void aBarrierIsClosedAndNothingForeignIsKept() throws LinuxException {
        Descriptor barrier = open();
        Descriptor unnamed = open();
        Descriptor badName = open();
        told("BARRIER=1", barrier);
        told("FDSTORE=1", unnamed);
        told("FDSTORE=1\nFDNAME=a:b", badName);
        told("nonsense");
        assertFalse(barrier.isOpen() || unnamed.isOpen() || badName.isOpen());
        assertEquals(0, kept.count());
    }

    @Test
    void aProcessIsUpWhenItSaysSo() {
        assertFalse(kept.isReady());
        told("READY=1");
        assertTrue(kept.isReady());
        kept.forChild();
        assertFalse(kept.isReady(), "the next one has not");
    }
}
