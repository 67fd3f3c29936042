package org.isthmus.core.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

import org.isthmus.core.journal.Journal;

/** A journal of which only what is committed is there when its process has gone. */
final class SimJournal implements Journal {
    private final Map<String, byte[]> committed = new LinkedHashMap<>();
    private final Map<String, byte[]> next = new LinkedHashMap<>();
    private boolean closed;

    Map<String, byte[]> committed() {
        return new LinkedHashMap<>(committed);
    }

    @Override
    public void put(String key, byte[] record) {
        next.put(key, record);
    }

    @Override
    public void remove(String key) {
        next.put(key, null);
    }

    @Override
    public void commit() {
        if (closed) {
            throw new IllegalStateException("the journal is closed");
        }
        next.forEach((key, record) -> {
            if (record == null) {
                committed.remove(key);
            } else {
                committed.put(key, record);
            }
        });
        next.clear();
    }

    @Override
    public void leave() {
        closed = true;
    }

    @Override
    public void close() {
        closed = true;
        committed.clear();
    }
}
