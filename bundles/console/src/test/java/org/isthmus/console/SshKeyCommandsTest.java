package org.isthmus.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshKeyCommandsTest {
    private static final String KEY = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBIjGv06+"
            + "m9/Db71pmfZJVo24Y9662tY9atHaFQdzNXpAJL1EfxkDFAQRg+npAZzzFB0cieAb98SX3RV/R1WGsG8=";

    @TempDir
    private Path etc;
    private final FakeContext context = new FakeContext();
    private final List<String> installed = new ArrayList<>();
    private Shell shell;

    @BeforeEach
    void openShell() {
        context.property("karaf.etc", etc.toString());
        shell = new Shell(context);
    }

    @AfterEach
    void closeShell() {
        shell.close();
    }

    private FeaturesService features() {
        return (FeaturesService) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {FeaturesService.class},
                (self, method, args) -> switch (method.getName()) {
                    case "getFeature" -> Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Feature.class},
                            (feature, called, none) -> null);
                    case "isInstalled" -> !installed.isEmpty();
                    case "installFeature" -> {
                        installed.add((String) args[0]);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    @Test
    void theFirstKeySwitchesTheServerOn() throws IOException {
        context.service(FeaturesService.class, features());
        Files.writeString(etc.resolve("org.apache.karaf.shell.cfg"), "sshPort = 2222\nsshHost = 127.0.0.1\n");
        String text = shell.type("l2tp:ssh-key-add alice " + KEY + " alice@laptop");
        assertTrue(text.matches("User \"alice\" may log in as admin with the key SHA256:\\S+\\.\n"
                + "The SSH server was switched on \\(feature l2tp-ssh\\); it stays on\\.\n"
                + "Log in with: ssh -p 2222 alice@127\\.0\\.0\\.1\n"), text);
        assertEquals(List.of("l2tp-ssh"), installed);
        assertTrue(shell.type("l2tp:ssh-key-add bob --role viewer " + KEY).contains("The SSH server is on."));
        assertEquals(List.of("l2tp-ssh"), installed);
    }

    @Test
    void saysSoWhereTheServerCannotBeSwitchedOn() {
        assertTrue(shell.type("l2tp:ssh-key-add alice " + KEY).contains("The SSH server was not switched on: there is no"
                + " features service."));
    }

    @Test
    void readsAKeyFromAFile() throws IOException {
        Path file = Files.writeString(etc.resolve("alice.pub"), KEY + " alice@laptop\n");
        shell.type("l2tp:ssh-key-add alice " + file);
        assertTrue(Files.readString(etc.resolve("keys.properties")).startsWith("alice = AAAAE2Vj"));
        assertTrue(shell.fail("l2tp:ssh-key-add bob " + etc.resolve("none.pub")).contains("cannot be read"));
    }

    @Test
    void listsAndRemovesThoseWhoMayLogIn() {
        assertEquals("Nobody may log in over SSH. l2tp:ssh-key-add lets somebody in.\n", shell.type("l2tp:ssh-key-list"));
        shell.type("l2tp:ssh-key-add -r manager alice " + KEY);
        assertTrue(shell.type("l2tp:ssh-key-list --no-format").matches("alice\tmanager\tecdsa-sha2-nistp256\tSHA256:\\S+\n"));
        assertTrue(shell.type("l2tp:ssh-key-list --json").contains("\"user\": \"alice\""));
        assertEquals(List.of("alice "), shell.tab("l2tp:ssh-key-remove "));
        assertEquals("There is no user \"alic\". Did you mean \"alice\"? l2tp:ssh-key-list shows those that there are.",
                shell.fail("l2tp:ssh-key-remove alic"));
        assertTrue(shell.type("l2tp:ssh-key-remove alice").contains("Nobody may now."));
        assertEquals("[]\n", shell.type("l2tp:ssh-key-list --json"));
    }

    @Test
    void replacesAKeyOnlyByForce() {
        shell.type("l2tp:ssh-key-add alice " + KEY);
        assertEquals("User \"alice\" has a key already, and a user has one only: give another name, or --force to replace"
                + " it.", shell.fail("l2tp:ssh-key-add alice " + KEY));
        shell.type("l2tp:ssh-key-add --force alice " + KEY);
    }

    @Test
    void refusesAnUnknownRole() {
        assertEquals("There is no role \"root\": expected viewer, manager or admin.",
                shell.fail("l2tp:ssh-key-add --role root alice " + KEY));
        assertFalse(Files.exists(etc.resolve("keys.properties")));
    }
}
