package org.isthmus.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FloorsTest {

    private static final List<BuiltBundle> BUNDLES = BuiltBundle.all(Path.of("..", ".."));
    private static final Map<String, String> OWNERS = BUNDLES.stream()
            .flatMap(bundle -> bundle.exports().stream().map(exported -> Map.entry(exported, bundle.name())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    /** Bytes and the time go in, bytes, timers and events come out: what a machine of protocol or ppp must not touch. */
    private static final Set<String> OUTSIDE_WORLD = Set.of(
            "java/net/DatagramSocket", "java/net/Socket", "java/net/ServerSocket", "java/net/NetworkInterface", "java/nio/channels/",
            "java/nio/file/", "java/lang/Thread", "java/util/concurrent/Executor", "java/util/concurrent/ThreadLocalRandom",
            "java/security/SecureRandom", "java/util/Random", "java/time/Clock", "currentTimeMillis", "nanoTime",
            "org/slf4j/", "java/util/logging/", "org/osgi/service/", "org/osgi/framework/");

    @Test
    void theBundlesAreRead() {
        assertTrue(BUNDLES.size() >= 11, BUNDLES::toString);
        assertEquals("api", OWNERS.get("org.isthmus.api"));
        assertTrue(BUNDLES.stream().anyMatch(bundle -> bundle.name().equals("core") && bundle.imports().contains("org.isthmus.api")));
    }

    @TestFactory
    Stream<DynamicTest> importsRunDownwards() {
        return each(bundle -> {
            Set<String> upwards = new TreeSet<>();
            for (String imported : bundle.imports()) {
                String owner = OWNERS.getOrDefault(imported, bundle.name());
                if (!owner.equals(bundle.name()) && !Floors.mayKnow(bundle.name(), owner)) {
                    upwards.add(imported + " of " + owner);
                }
            }
            assertEquals(Set.of(), upwards, bundle.name() + " imports what is not below it");
        });
    }

    @TestFactory
    Stream<DynamicTest> dependenciesRunDownwards() {
        return each(bundle -> {
            List<String> upwards = bundle.dependencies().stream().filter(other -> !Floors.mayKnow(bundle.name(), other)).toList();
            assertEquals(List.of(), upwards, bundle.name() + " depends on what is not below it");
        });
    }

    @TestFactory
    Stream<DynamicTest> onlyLinuxKnowsTheNativeLibrary() {
        return each(bundle -> {
            boolean imports = bundle.imports().stream().anyMatch(name -> name.startsWith("jnr.") || name.startsWith("com.kenai.jffi"));
            if (imports && !bundle.name().equals("jnr")) {
                assertEquals("linux", bundle.name(), bundle.name() + " imports jnr");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> theProtocolsTouchNothingOfTheOutsideWorld() {
        return each(bundle -> {
            if (bundle.name().equals("protocol") || bundle.name().equals("ppp")) {
                assertEquals(Map.of(), bundle.uses(OUTSIDE_WORLD));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> implementationsAreExportedByNobody() {
        return each(bundle -> {
            if (Floors.of(bundle.name()) >= Floors.of("core")) {
                assertEquals(Set.of(), bundle.exports(), bundle.name() + " exports packages: what others need belongs into api");
            }
        });
    }

    /** Else l2tp:upgrade could not tell before that a new version does not know what the old one leaves. */
    @TestFactory
    Stream<DynamicTest> whoLeavesSomethingSaysWhatItReads() {
        return each(bundle -> {
            if (bundle.imports().contains("org.isthmus.handover.fields") || bundle.name().equals("core")) {
                assertTrue(bundle.header("Isthmus-Parcels").contains("reads="), bundle.name() + " says in no Isthmus-Parcels what it reads");
            }
        });
    }

    @Test
    void anArrowUpwardsWouldBeNoticed() {
        assertFalse(Floors.mayKnow("protocol", "api"));
        assertFalse(Floors.mayKnow("ippool", "dataplane-user"));
        assertTrue(Floors.mayKnow("core", "protocol"));
    }

    private interface Check {
        void on(BuiltBundle bundle);
    }

    private static Stream<DynamicTest> each(Check check) {
        return BUNDLES.stream().map(bundle -> DynamicTest.dynamicTest(bundle.name(), () -> check.on(bundle)));
    }
}
