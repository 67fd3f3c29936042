package org.isthmus.core.admin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;

import org.isthmus.handover.Parcel;
import org.junit.jupiter.api.Test;

class TunnelIdsTest {
    @Test
    void everyIdentifierComesBack() {
        int[] ids = {1, 255, 256, 40_000, 65_535};
        assertArrayEquals(ids, TunnelIds.unpack(TunnelIds.pack(ids)));
    }

    @Test
    void aParcelOfAnUnknownVersionIsLeftAside() {
        assertArrayEquals(new int[0], TunnelIds.unpack(new Parcel(9, new byte[] {1, 2}, List.of())));
    }
}
