package org.isthmus.dataplane.user;

import org.isthmus.api.dataplane.SessionPort;

import java.nio.ByteBuffer;

/** Stands for the engine of a session while one has gone and the next has not come. What is not heard now is told again then. */
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
