package org.isthmus.core.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.isthmus.core.state.SavedTunnel;
import org.isthmus.core.state.StateDoor;
import org.isthmus.core.state.StateStore;

/** What outlives an appliance, as the octets that a disk would have. */
final class SimStates implements StateStore {
    private final Map<Integer, byte[]> files = new TreeMap<>();

    @Override
    public List<SavedTunnel> read() {
        List<SavedTunnel> read = new ArrayList<>();
        files.values().forEach(octets -> read.add(StateDoor.read(octets)));
        return read;
    }

    @Override
    public void keep(SavedTunnel tunnel) {
        files.put(tunnel.tunnelId(), StateDoor.write(tunnel));
    }

    @Override
    public void forget(int tunnelId) {
        files.remove(tunnelId);
    }

    int size() {
        return files.size();
    }
}
