package org.isthmus.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.config.ApplyReport;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.ConfigFile;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.PeerParameters;
import org.isthmus.api.config.PppParameters;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandsTest {
    private static final ApplyReport WRONG = new ApplyReport(List.of(), List.of(new ApplyReport.Problem("l2tpd.conf:3:5",
            "unknown parameter \"peeer\": did you mean peer?", "    peeer 192.0.2.1\n    ^")));

    private final FakeAdmin admin = new FakeAdmin();
    private final FakeFile file = new FakeFile();
    private Shell shell;

    @BeforeEach
    void openShell() {
        admin.blocks.add(new Block(Schema.TUNNEL_PROFILE, "default", Settings.builder()
                .set(TunnelParameters.HELLO_TIMEOUT, Duration.ofSeconds(30)).build(), List.of(), "l2tpd.conf:1"));
        admin.blocks.add(new Block(Schema.TUNNEL_PROFILE, "branch", Settings.builder()
                .set(TunnelParameters.SECRET, Secret.of("hidden")).set(TunnelParameters.MAX_RETRIES, 7).build(), List.of(),
                "l2tpd.conf:5"));
        shell = new Shell(new FakeContext().service(L2tpAdmin.class, admin).service(ConfigFile.class, file));
    }

    @AfterEach
    void closeShell() {
        shell.close();
    }

    @Test
    void listsProfiles() {
        assertEquals("default\thello_timeout=30\tl2tpd.conf:1\nbranch\tsecret=*** max_retries=7\tl2tpd.conf:5\n",
                shell.type("l2tp:tunnel-profile-list --no-format"));
        assertEquals("No ppp profile is configured; what is built in applies. See l2tp:config-help ppp-profile.\n",
                shell.type("l2tp:ppp-profile-list"));
        assertEquals("[]\n", shell.type("l2tp:session-profile-list --json"));
    }

    @Test
    void showsWhereEachValueOfAProfileComesFrom() {
        String text = shell.type("l2tp:tunnel-profile-show branch --no-format");
        assertTrue(text.contains("max_retries\t7\ttunnel profile \"branch\"\n"), text);
        assertTrue(text.contains("hello_timeout\t30\ttunnel profile \"default\"\n"), text);
        assertTrue(text.contains("retry_timeout\t1\tbuilt in\n"), text);
        assertTrue(text.contains("secret\t***\ttunnel profile \"branch\"\n"), text);
        String json = shell.type("l2tp:tunnel-profile-show branch --json");
        assertTrue(json.contains("\"settings\": {\n    \"secret\": \"***\",\n    \"max_retries\": 7\n  }"), json);
        assertTrue(json.contains("\"hello_timeout\": 30"), json);
    }

    @Test
    void showsADefaultProfileThatNobodyWrote() {
        assertTrue(shell.type("l2tp:ppp-profile-show default --no-format").contains("mru\t1460\tbuilt in\n"));
        assertEquals("There is no ppp profile \"defalt\". Did you mean \"default\"? l2tp:ppp-profile-list shows those that"
                + " there are.", shell.fail("l2tp:ppp-profile-show defalt"));
    }

    /** Unlike the others, a peer profile takes nothing from the one named default, which is for peers that none fits. */
    @Test
    void aPeerProfileStandsForItself() {
        assertEquals("No peer profile is configured. See l2tp:config-help peer-profile.\n", shell.type("l2tp:peer-profile-list"));
        assertTrue(shell.fail("l2tp:peer-profile-show default").startsWith("There is no peer profile \"default\"."));
        admin.blocks.add(new Block(Schema.PEER_PROFILE, "default", Settings.builder().set(PeerParameters.DENY, true).build(),
                List.of(), "l2tpd.conf:9"));
        admin.blocks.add(new Block(Schema.PEER_PROFILE, "lac", Settings.EMPTY, List.of(), "l2tpd.conf:12"));
        assertTrue(shell.type("l2tp:peer-profile-show lac --no-format").contains("deny\tfalse\tbuilt in\n"));
    }

    @Test
    void everyProfileHasJsonWithAllItsParameters() {
        for (BlockType type : List.of(Schema.TUNNEL_PROFILE, Schema.SESSION_PROFILE, Schema.PPP_PROFILE)) {
            String json = shell.type("l2tp:" + BlockNames.word(type) + "-show default --json");
            type.parameters().forEach(parameter -> assertTrue(json.contains("\"" + parameter.name() + "\": "), json));
        }
    }

    @Test
    void neverShowsASecret() {
        for (String line : List.of("l2tp:config-show", "l2tp:config-show --json", "l2tp:tunnel-profile-list",
                "l2tp:tunnel-profile-list --json", "l2tp:tunnel-profile-show branch", "l2tp:tunnel-profile-show branch -j")) {
            assertFalse(shell.type(line).contains("hidden"), line);
        }
        assertEquals("l2tp:tunnel-create a peer=b secret=*** l2tp:session-create a s user_password=*** user_name=c",
                new SecretFilter().filter("l2tp:tunnel-create a peer=b secret=\"x y\"z l2tp:session-create a s user_password=w"
                        + " user_name=c"));
    }

    @Test
    void showsTheConfigurationAsTheFileWouldSayIt() {
        assertEquals("tunnel profile \"default\" {  # l2tpd.conf:1\n    hello_timeout 30\n}\n"
                + "tunnel profile \"branch\" {  # l2tpd.conf:5\n    secret \"***\"\n    max_retries 7\n}\n",
                shell.type("l2tp:config-show"));
    }

    @Test
    void reloadsAndSaysWhatChanged() {
        file.report = new ApplyReport(List.of("tunnel \"office\": created"), List.of());
        assertEquals("tunnel \"office\": created\n/etc/l2tpd.conf is right; 1 change made.\n", shell.type("l2tp:reload"));
        file.report = new ApplyReport(List.of(), List.of());
        assertEquals("/etc/l2tpd.conf is right, and everything is as it says: nothing was changed.\n",
                shell.type("l2tp:reload"));
        assertEquals(List.of("reload", "reload"), file.asked);
    }

    @Test
    void printsEveryProblemWithItsPlaceAndFails() {
        file.report = WRONG;
        assertEquals("/etc/l2tpd.conf has 1 problem; nothing was changed.", shell.fail("l2tp:check-config"));
        assertEquals("l2tpd.conf:3:5: unknown parameter \"peeer\": did you mean peer?\n    peeer 192.0.2.1\n    ^\n",
                shell.printed());
        assertEquals("/etc/l2tpd.conf has 1 problem; nothing was changed.", shell.fail("l2tp:reload --json"));
        assertTrue(shell.printed().contains("\"where\": \"l2tpd.conf:3:5\""), shell.printed());
        assertEquals(List.of("check", "reload"), file.asked);
    }

    @Test
    void checksAnotherFile(@TempDir Path directory) throws IOException {
        Path other = Files.writeString(directory.resolve("new.conf"), "");
        file.report = new ApplyReport(List.of(), List.of(),
                List.of(new ApplyReport.Problem("new.conf:1", "no tunnel is configured")));
        assertEquals("Warning: new.conf:1: no tunnel is configured\n" + other
                + " is right, and everything is as it says: nothing would change.\n", shell.type("l2tp:check-config " + other));
        assertEquals(List.of("check " + other), file.asked);
        assertTrue(shell.fail("l2tp:check-config " + directory.resolve("none")).contains("cannot be read"));
    }

    @Test
    void explainsBlocksAndParameters() {
        assertTrue(shell.type("l2tp:config-help").contains("ppp-profile"));
        String tunnel = shell.type("l2tp:config-help tunnel --no-format");
        assertTrue(tunnel.startsWith("peer\t(required)\t" + TunnelParameters.PEER.description() + "\n"), tunnel);
        String mru = shell.type("l2tp:config-help ppp-profile mru");
        assertTrue(mru.startsWith("mru, in a ppp profile block\n"), mru);
        assertTrue(mru.contains(PppParameters.MRU.type().expected()), mru);
        assertEquals("A ppp profile has no parameter \"mruu\". Did you mean \"mru\"? l2tp:config-help ppp-profile shows those"
                + " that there are.", shell.fail("l2tp:config-help ppp-profile mruu"));
        assertEquals("There is no block \"tunel\". Did you mean \"tunnel\"? l2tp:config-help shows those that there are.",
                shell.fail("l2tp:config-help tunel"));
    }

    @Test
    void theReferenceIsWholeInJson() {
        String json = shell.type("l2tp:config-help --json");
        BlockNames.TYPES.stream().flatMap(type -> type.parameters().stream()).map(Parameter::name)
                .forEach(name -> assertTrue(json.contains("\"name\": \"" + name + "\""), name));
    }

    @Test
    void saysThatNothingReadsTheFile() {
        shell.close();
        shell = new Shell(new FakeContext().service(L2tpAdmin.class, admin));
        assertEquals("Nothing reads l2tpd.conf: the bundle org.isthmus.config is not installed."
                + " Try feature:install l2tp-appliance.", shell.fail("l2tp:reload"));
    }

    private static final class FakeFile implements ConfigFile {
        private final List<String> asked = new ArrayList<>();
        private ApplyReport report = new ApplyReport(List.of(), List.of());

        @Override
        public Path path() {
            return Path.of("/etc/l2tpd.conf");
        }

        @Override
        public ApplyReport reload() {
            asked.add("reload");
            return report;
        }

        @Override
        public ApplyReport check() {
            asked.add("check");
            return report;
        }

        @Override
        public ApplyReport check(Path other) {
            asked.add("check " + other);
            return report;
        }

        @Override
        public Optional<Outcome> lastOutcome() {
            return Optional.empty();
        }
    }
}
