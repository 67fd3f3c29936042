package org.isthmus.core.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

import org.isthmus.handover.fields.FieldWriter;
import org.isthmus.handover.fields.Fields;
import org.isthmus.handover.fields.UnreadableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    @TempDir
    Path temp;

    @Test
    void aTunnelIsReadAsItWasWritten() throws UnreadableException {
        byte[] octets = StateFile.write(Samples.tunnel());
        SavedTunnel read = StateFile.read(octets);
        assertArrayEquals(octets, StateFile.write(read));
        assertEquals(Samples.tunnel().protocol(), read.protocol());
        assertEquals(Samples.tunnel().remote(), read.remote());
        assertEquals(Samples.tunnel().sessions().get(0).ppp(), read.sessions().get(0).ppp());
        assertEquals(2, read.sessions().size());
    }

    @Test
    void fieldsOfAnotherVersionAreSkippedAndThoseItLacksHaveTheirUsualValue() throws UnreadableException {
        byte[] record = TunnelCodec.write(Samples.tunnel());
        byte[] more = new FieldWriter().text(60_000, "of a later version").toBytes();
        byte[] both = ByteBuffer.allocate(record.length + more.length).put(more).put(record).array();
        assertArrayEquals(record, TunnelCodec.write(TunnelCodec.read(ByteBuffer.wrap(both))));
        assertEquals(5, Fields.read(ByteBuffer.wrap(record)).number(60_000, 5));
    }

    @Test
    void aFileThatIsNotWholeIsNotUsed() {
        byte[] octets = StateFile.write(Samples.tunnel());
        for (int length = 0; length < octets.length; length++) {
            byte[] cut = Arrays.copyOf(octets, length);
            assertThrows(UnreadableException.class, () -> StateFile.read(cut));
        }
        octets[octets.length - 1] ^= 1;
        assertThrows(UnreadableException.class, () -> StateFile.read(octets));
    }

    @Test
    void aFolderKeepsEachTunnelInAFileThatNobodyElseMayRead() throws Exception {
        Path folder = temp.resolve("tunnels");
        try (StateFolder states = new StateFolder(folder)) {
            assertEquals(List.of(), states.read());
            states.keep(Samples.tunnel());
            states.keep(Samples.tunnel());
        }
        try (StateFolder states = new StateFolder(folder)) {
            assertEquals(List.of("office"), states.read().stream().map(SavedTunnel::name).toList());
            Path file = folder.resolve("4711.tunnel");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
            Files.write(folder.resolve("5.tunnel"), new byte[100]);
            assertEquals(1, states.read().size(), "what cannot be read is left out");
            states.forget(4711);
        }
        try (StateFolder states = new StateFolder(folder)) {
            assertTrue(states.read().isEmpty());
        }
    }
}
