package org.isthmus.core.net;

/** Takes what arrives at a worker's ports, on the worker's thread. */
@FunctionalInterface
public interface ArrivalHandler {
    void arrived(Arrival arrival);
}
