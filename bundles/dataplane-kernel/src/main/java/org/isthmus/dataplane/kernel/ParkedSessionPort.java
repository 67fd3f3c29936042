package org.isthmus.dataplane.kernel;

import java.nio.ByteBuffer;

import org.isthmus.api.dataplane.SessionPort;

/** Stands for the engine of a session while one has gone and the next has not come. PPP says again what is not heard now. */
enum ParkedSessionPort implements SessionPort {
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
