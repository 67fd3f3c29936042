package org.isthmus.core.state;

import java.util.List;

/** Where tunnels are kept. Any thread may call; nobody is kept waiting for a disk. */
public interface StateStore {

    /** Keeps nothing. */
    StateStore NONE = new StateStore() {
        @Override
        public List<SavedTunnel> read() {
            return List.of();
        }

        @Override
        public void keep(SavedTunnel tunnel) {
        }

        @Override
        public void forget(int tunnelId) {
        }
    };

    /** What was kept by a process before this one, that can be read. Called once, before anything is kept; may wait. */
    List<SavedTunnel> read();

    /** Keeps this, in the place of what was kept under its identifier. */
    void keep(SavedTunnel tunnel);

    /** The tunnel is over. */
    void forget(int tunnelId);
}
