package org.isthmus.core.checkpoint;

import java.util.ArrayList;
import java.util.List;

import org.isthmus.core.net.ParkedPort;

/** The descriptors of a parcel, which records name by their places: numbers are others in another process. Any thread may add. */
public final class ParkedDescriptors {
    private final List<Integer> numbers = new ArrayList<>();

    /** The same port, its sockets as places in the list, to which they are added. */
    public synchronized ParkedPort add(ParkedPort port) {
        List<Integer> places = new ArrayList<>();
        for (int number : port.descriptors()) {
            places.add(numbers.size());
            numbers.add(number);
        }
        return port.with(places);
    }

    /** The descriptors in the order of their places. */
    public synchronized List<Integer> numbers() {
        return List.copyOf(numbers);
    }
}
