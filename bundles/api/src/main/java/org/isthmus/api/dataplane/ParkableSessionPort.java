package org.isthmus.api.dataplane;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The port of a session whose path outlives an engine ({@link TunnelPath#park}): until the next one comes nobody hears anything. What
 * that one has to know all the same it is told then, how the circuit is and that the path is lost; all else PPP repeats. The calling
 * threads are those of {@link SessionPort}; a task that is given to {@link #execute} while there is no engine runs at once.
 */
public final class ParkableSessionPort implements SessionPort {
    /** Null while there is none. */
    private volatile SessionPort engine;
    private volatile Optional<Boolean> circuit = Optional.empty();
    private volatile Optional<String> lost = Optional.empty();

    /** @param first the port of the engine that has the path opened */
    public ParkableSessionPort(SessionPort first) {
        engine = first;
    }

    /** The engine has gone. */
    public void park() {
        engine = null;
    }

    /** Whether there is no engine now. */
    public boolean isParked() {
        return engine == null;
    }

    /** Another engine has come. */
    public void resume(SessionPort next) {
        engine = next;
        next.execute(() -> {
            circuit.ifPresent(next::circuitChanged);
            lost.ifPresent(next::lost);
        });
    }

    /** Tells how the circuit is: this engine, and those that come after it. Any thread. */
    public void tellCircuit(boolean up) {
        circuit = Optional.of(up);
        execute(() -> circuitChanged(up));
    }

    @Override
    public void pppFrame(ByteBuffer frame) {
        SessionPort now = engine;
        if (now != null) {
            now.pppFrame(frame);
        }
    }

    @Override
    public void sequencingChanged(boolean sequenced) {
        SessionPort now = engine;
        if (now != null) {
            now.sequencingChanged(sequenced);
        }
    }

    @Override
    public void decryptionFailed(boolean passed) {
        SessionPort now = engine;
        if (now != null) {
            now.decryptionFailed(passed);
        }
    }

    @Override
    public void lost(String why) {
        lost = Optional.of(why);
        SessionPort now = engine;
        if (now != null) {
            now.lost(why);
        }
    }

    @Override
    public void execute(Runnable task) {
        SessionPort now = engine;
        if (now != null) {
            now.execute(task);
        } else {
            task.run();
        }
    }

    @Override
    public void circuitChanged(boolean up) {
        SessionPort now = engine;
        if (now != null) {
            now.circuitChanged(up);
        }
    }
}
