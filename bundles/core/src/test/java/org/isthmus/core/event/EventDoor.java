package org.isthmus.core.event;

/** Lets the simulator deliver events on its own thread. */
public final class EventDoor {
    private EventDoor() {
    }

    /** Delivers all events that wait in a dispatcher that was not started. */
    public static void deliver(EventDispatcher events) {
        while (events.deliverNext()) {
            Thread.onSpinWait();
        }
    }
}
