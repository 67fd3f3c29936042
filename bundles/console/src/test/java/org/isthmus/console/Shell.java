package org.isthmus.console;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.CommandsCompleter;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.apache.karaf.shell.impl.console.parsing.CommandLineParser;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.junit.jupiter.api.Assertions;

/** Karaf's own shell with the commands of this bundle, without OSGi: what is typed goes the way it goes in the appliance. */
final class Shell implements AutoCloseable {
    private final ThreadIOImpl threadIo = new ThreadIOImpl();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final SessionFactoryImpl factory;
    private final Session session;

    Shell(FakeContext context) {
        threadIo.start();
        factory = new SessionFactoryImpl(threadIo);
        factory.register(context.context());
        factory.register(new FileCompleter());
        ManagerImpl manager = new ManagerImpl(factory, factory);
        services().forEach(manager::register);
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        session = factory.create(new ByteArrayInputStream(new byte[0]), out, out);
        session.put(Session.SCOPE, "shell:*");
    }

    /** Every class that Karaf would find in the bundle. */
    static List<Class<?>> services() {
        Path classes = Path.of("target", "classes");
        try (Stream<Path> files = Files.walk(classes.resolve("org/isthmus/console"))) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .<Class<?>>map(file -> load(classes.relativize(file).toString()))
                    .filter(type -> type.isAnnotationPresent(Service.class)).toList();
        } catch (IOException noClasses) {
            throw new IllegalStateException(noClasses);
        }
    }

    @SuppressWarnings("unchecked")
    static List<Class<? extends Action>> commands() {
        return services().stream().filter(Action.class::isAssignableFrom)
                .<Class<? extends Action>>map(type -> (Class<? extends Action>) type).toList();
    }

    private static Class<?> load(String file) {
        try {
            return Class.forName(file.replace('/', '.').replaceAll("\\.class$", ""));
        } catch (ClassNotFoundException justListed) {
            throw new IllegalStateException(justListed);
        }
    }

    /** Types a line and returns what it prints. */
    String type(String line) {
        printed.reset();
        try {
            session.execute(line);
        } catch (Exception failed) {
            throw new AssertionError(line + " failed: " + failed.getMessage() + "\nafter printing:\n" + printed(), failed);
        }
        return printed();
    }

    /** Types a line that must fail, and returns the message. */
    String fail(String line) {
        printed.reset();
        CommandException failure = Assertions.assertThrows(CommandException.class, () -> session.execute(line), line);
        if (!failure.getNiceHelp().isEmpty()) {
            Assertions.assertEquals(failure.getMessage(), failure.getNiceHelp(), "what is shown without a terminal");
        }
        return failure.getMessage();
    }

    String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** What TAB offers at the end of a line; a space at the end of a word means that it is complete. */
    List<String> tab(String line) {
        String typed = line.substring(line.lastIndexOf(' ') + 1);
        List<Candidate> candidates = new ArrayList<>();
        new CommandsCompleter(factory, session).completeCandidates(session,
                CommandLineParser.buildCommandLine(session, line, line.length()), candidates);
        return candidates.stream().map(candidate -> candidate.value() + (candidate.complete() ? " " : ""))
                .filter(word -> word.startsWith(typed)).sorted().toList();
    }

    @Override
    public void close() {
        session.close();
        factory.stop();
        threadIo.stop();
    }
}
