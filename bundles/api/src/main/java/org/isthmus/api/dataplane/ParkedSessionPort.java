package org.isthmus.api.dataplane;

import java.nio.ByteBuffer;

/**
 * Stands for the engine of a parked session while one has gone and the next has not come ({@link TunnelPath#park}). What is not heard
 * now is told again then, by PPP or by the path that is adopted.
 */
public enum ParkedSessionPort implements SessionPort {
    /** Hears nothing. */
    NOBODY;

    @Override
    public void pppFrame(ByteBuffer frame) {
    }

    @Override
    public void sequencingChanged(boolean sequenced) {
    }

    @Override
    public void lost(String why) {
    }

    @Override
    public void execute(Runnable task) {
    }

    @Override
    public void circuitChanged(boolean up) {
    }
}
