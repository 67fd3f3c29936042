package org.isthmus.core.os;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.isthmus.core.checkpoint.EngineCheckpoint;
import org.isthmus.core.journal.Remains;
import org.isthmus.handover.Handover;
import org.isthmus.handover.fields.UnreadableException;
import org.isthmus.linux.Descriptor;
import org.isthmus.linux.DescriptorStore;
import org.isthmus.linux.LinuxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process before this one has left: what it was, and its open sockets.
 *
 * @param checkpoint  what it was
 * @param descriptors its sockets, in the order of their places
 * @param names       under which all of it is kept
 */
public record Inheritance(EngineCheckpoint checkpoint, List<Integer> descriptors, List<String> names) {
    static final String ENGINE = "engine";
    private static final Logger LOG = LoggerFactory.getLogger(Inheritance.class);
    private static final String OURS = Handover.INHERITED + "core.";

    /**
     * Takes it. What is not gone on with is closed, and is not kept any more when this returns: a socket that stayed open would get packets
     * that nobody reads.
     */
    static Optional<Inheritance> claim(Handover handover, Optional<DescriptorStore> store) {
        Map<String, Integer> all = new LinkedHashMap<>();
        handover.parked().stream().filter(key -> key.startsWith(OURS)).forEach(key -> handover.claim(key)
                .ifPresent(parcel -> all.put(key.substring(Handover.INHERITED.length()), parcel.descriptors().get(0))));
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<String> used = new ArrayList<>();
        Optional<Inheritance> found = Optional.empty();
        try {
            found = Optional.of(read(all, used));
        } catch (UnreadableException | RuntimeException unfit) {
            LOG.error("what the process before this one left of its tunnels cannot be used: {}. They are lost; those with failover are recovered"
                    + " with their peers, those of the configuration are opened again", unfit.getMessage());
            used.clear();
        }
        // The journals are those of before until there are new ones.
        List<String> kept = new ArrayList<>(used);
        if (found.isPresent()) {
            all.keySet().stream().filter(KeptFiles::isJournal).forEach(kept::add);
        }
        for (Map.Entry<String, Integer> left : all.entrySet()) {
            if (!used.contains(left.getKey())) {
                Descriptor.owning(left.getValue()).close();
            }
        }
        all.keySet().removeAll(kept);
        forget(all.keySet(), store);
        return found;
    }

    private static Inheritance read(Map<String, Integer> all, List<String> used) throws UnreadableException {
        List<Map<String, byte[]>> workers = new ArrayList<>();
        for (int i = 0; i < KeptFiles.workers(all); i++) {
            workers.add(KeptFiles.read(all, Machine.journalOf(i)));
        }
        Remains remains = new Remains(all);
        EngineCheckpoint checkpoint = remains.read(KeptFiles.read(all, ENGINE), workers);
        used.addAll(remains.used());
        return new Inheritance(checkpoint, used.stream().map(all::get).toList(), List.copyOf(all.keySet()));
    }

    /** Has nothing of these names kept any more, from when this returns. */
    static void forget(Collection<String> names, Optional<DescriptorStore> store) {
        try {
            for (String name : store.isPresent() ? names : List.<String>of()) {
                store.get().forget(name);
            }
            if (store.isPresent()) {
                store.get().await();
            }
        } catch (LinuxException refused) {
            LOG.warn("sockets of the process before this one may stay open elsewhere: {}", refused.getMessage());
        }
    }
}
