package org.isthmus.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another process is asked to keep, as systemd expects it. */
class DescriptorStoreTest {

    @TempDir
    Path folder;

    @Test
    void aDescriptorGoesToTheOtherProcessAndStaysOpenThere() throws IOException {
        try (TextSocket keeper = TextSocket.at(folder.resolve("keeper")); Pipe pipe = Pipe.open();
                DescriptorStore store = DescriptorStore.at(folder.resolve("keeper").toString())) {
            store.keep("core.w0", pipe.writer());
            pipe.writer().close();
            TextSocket.Message kept = keeper.receive().orElseThrow();
            assertEquals("FDSTORE=1\nFDPOLL=0\nFDNAME=core.w0", kept.text());
            assertEquals(1, kept.descriptors().size());
            ByteBuffer octet = ByteBuffer.allocateDirect(1);
            assertEquals(-Errno.EAGAIN, pipe.read(octet), "somebody has the other end");
            kept.descriptors().get(0).close();
            assertEquals(0, pipe.read(octet), "nobody has");
            store.forget("core.w0");
            assertEquals(new TextSocket.Message("FDSTOREREMOVE=1\nFDNAME=core.w0", List.of()), keeper.receive().orElseThrow());
            assertEquals(Optional.empty(), keeper.receive());
        }
    }

    @Test
    void waitingEndsWhenTheOtherProcessHasReadAll() throws Exception {
        try (TextSocket keeper = TextSocket.at(folder.resolve("keeper"));
                DescriptorStore store = DescriptorStore.at(folder.resolve("keeper").toString()); Epoll epoll = Epoll.open(1)) {
            epoll.add(keeper.descriptor(), Epoll.READ, 0);
            CompletableFuture<Void> waited = CompletableFuture.runAsync(() -> {
                try {
                    store.await();
                } catch (LinuxException failed) {
                    throw new IllegalStateException(failed);
                }
            });
            assertEquals(1, epoll.await(10_000));
            TextSocket.Message barrier = keeper.receive().orElseThrow();
            assertEquals("BARRIER=1", barrier.text());
            assertTrue(!waited.isDone());
            barrier.descriptors().forEach(Descriptor::close);
            waited.get();
        }
    }

    @Test
    void nobodyElseMayWriteToTheSocket() throws IOException {
        try (TextSocket keeper = TextSocket.at(folder.resolve("keeper"))) {
            assertEquals("rw-------", PosixFilePermissions.toString(java.nio.file.Files.getPosixFilePermissions(folder.resolve("keeper"))));
        }
        assertThrows(LinuxException.class, () -> DescriptorStore.at(folder.resolve("nobody").toString()));
        assertThrows(LinuxException.class, () -> DescriptorStore.at("/" + "x".repeat(108)));
    }
}
