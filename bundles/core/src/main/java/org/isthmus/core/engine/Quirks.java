package org.isthmus.core.engine;

import java.util.List;

import org.isthmus.api.quirk.Quirk;

/** Who knows how kinds of peers differ, at the moment. Any thread may use it. */
public final class Quirks {
    private volatile List<Quirk> all = List.of();

    /** @param best the one to be asked first in front */
    public void are(List<Quirk> best) {
        all = List.copyOf(best);
    }

    List<Quirk> all() {
        return all;
    }
}
