package org.isthmus.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.isthmus.api.BundleStatus;
import org.isthmus.api.Cause;
import org.isthmus.api.LineStatus;
import org.isthmus.api.PluginStatus;
import org.isthmus.api.PppLinkStatus;
import org.isthmus.api.ProxyStatus;
import org.isthmus.api.PseudowireStatus;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.SwitchStatus;
import org.isthmus.api.SystemStatus;
import org.isthmus.api.TunnelProtocol;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.dataplane.SessionDataCounters;
import org.isthmus.api.pool.PoolStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every command owes to its user, the next one included. */
class EveryCommandTest {
    private static final Path ACL = Path.of("..", "..", "etc", "org.apache.karaf.command.acl.l2tp.cfg");
    private static final Path MANUAL = Path.of("..", "..", "docs", "console.md");

    static List<Class<? extends Action>> commands() {
        return Shell.commands();
    }

    private static Command command(Class<? extends Action> type) {
        return type.getAnnotation(Command.class);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isExplainedWithAnExampleThatNamesIt(Class<? extends Action> type) {
        Command command = command(type);
        assertEquals("l2tp", command.scope());
        assertTrue(command.name().matches("[a-z]+(-[a-z]+)*"), command.name());
        assertTrue(command.description().matches("[A-Z][^\n]{10,120}[^.]"), command.description());
        assertTrue(command.detailedDescription().matches("(?s).*Example:\n  l2tp:" + command.name() + "\\b.*"),
                command.detailedDescription());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void explainsItsOptionsAndArguments(Class<? extends Action> type) {
        for (Class<?> level = type; level != Object.class; level = level.getSuperclass()) {
            for (Field field : level.getDeclaredFields()) {
                Option option = field.getAnnotation(Option.class);
                Argument argument = field.getAnnotation(Argument.class);
                assertFalse(option != null && option.description().isEmpty(), field.toString());
                assertFalse(argument != null && argument.description().isEmpty(), field.toString());
            }
        }
    }

    @Test
    void hasALineInTheAccessListAndTheListHasNoOthers() throws IOException {
        Properties acl = new Properties();
        try (Reader reader = Files.newBufferedReader(ACL)) {
            acl.load(reader);
        }
        assertEquals("admin", acl.remove("*"), "commands that are added later");
        Set<String> listed = acl.stringPropertyNames().stream().filter(line -> !line.contains("["))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(listed.remove("upgrade"), "a command of the bundle upgrade");
        assertEquals(names(), listed);
        acl.forEach((line, role) -> assertTrue(Set.of("viewer", "manager", "admin").contains(role), line + " = " + role));
    }

    @Test
    void standsInTheManual() throws IOException {
        String manual = Files.readString(MANUAL);
        names().forEach(name -> assertTrue(manual.contains("`l2tp:" + name), name + " is missing in docs/console.md"));
    }

    /** The keys of JSON are promised to scripts: a component that is renamed or added shows here. */
    @ParameterizedTest
    @ValueSource(classes = {SystemStatus.class, TunnelStatus.class, SessionStatus.class, PppLinkStatus.class, BundleStatus.class,
        SessionDataCounters.class, Cause.class, PoolStatus.class, ProxyStatus.class, SwitchStatus.class,
        LineStatus.class, TunnelProtocol.class, PseudowireStatus.class,
        PluginStatus.class})
    void keysOfJsonStandInTheManual(Class<?> type) throws IOException {
        String keys = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName)
                .collect(Collectors.joining(" "));
        String manual = Files.readString(MANUAL);
        assertTrue(manual.contains("`" + keys + "` (`" + type.getSimpleName()), type + " has the keys " + keys);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void showsItsHelp(Class<? extends Action> type) {
        try (Shell shell = new Shell(new FakeContext())) {
            String help = shell.type("l2tp:" + command(type).name() + " --help");
            assertTrue(help.contains(command(type).description()), help);
            assertTrue(help.contains("Example:"), help);
        }
    }

    private static Set<String> names() {
        return commands().stream().map(type -> command(type).name()).collect(Collectors.toCollection(TreeSet::new));
    }
}
