package org.isthmus.core.admin;

import java.nio.ByteBuffer;
import java.util.List;

import org.isthmus.handover.Parcel;

/**
 * The tunnel identifiers that one version of the engine leaves for the next, so that none is lent again while packets for
 * it may still be on their way. Version 1: two bytes for each, in network order, nothing else.
 */
final class TunnelIds {
    static final String KEY = "core.tunnel-ids";
    private static final int VERSION = 1;

    private TunnelIds() {
    }

    static Parcel pack(int[] ids) {
        ByteBuffer state = ByteBuffer.allocate(ids.length * Short.BYTES);
        for (int id : ids) {
            state.putShort((short) id);
        }
        return new Parcel(VERSION, state.array(), List.of());
    }

    /** The identifiers; none if the parcel is of a version that this one does not know. */
    static int[] unpack(Parcel parcel) {
        if (parcel.version() != VERSION) {
            return new int[0];
        }
        ByteBuffer state = ByteBuffer.wrap(parcel.state());
        int[] ids = new int[state.remaining() / Short.BYTES];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = state.getShort() & 0xffff;
        }
        return ids;
    }
}
