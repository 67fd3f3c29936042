package org.isthmus.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.PluginStatus;
import org.isthmus.api.SwitchStatus;
import org.isthmus.api.TunnelState;
import org.isthmus.api.config.Block;
import org.isthmus.api.pool.AddressPool;
import org.isthmus.api.pool.Lease;
import org.isthmus.api.pool.LeaseRequest;
import org.isthmus.api.pool.PoolStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SystemCommandsTest {
    private final FakeAdmin admin = new FakeAdmin();
    private final FakeContext context = new FakeContext().service(L2tpAdmin.class, admin);
    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = new Shell(context);
    }

    @AfterEach
    void closeShell() {
        shell.close();
    }

    @Test
    void listsTheLnsesOfSwitchesAndWhichAreSetAside() {
        assertEquals("No switches. A switch block in l2tpd.conf makes one (l2tp:config-help switch).\n",
                shell.type("l2tp:switch-list"));
        admin.switches.add(new SwitchStatus("isp", "b1", "isp-b1", "192.0.2.9", 0, 3, 2, 9, 1,
                Optional.of(Instant.now().plusSeconds(1000)), "no answer"));
        String line = shell.type("l2tp:switch-list --no-format");
        assertTrue(line.matches("isp\tb1\t192.0.2.9\t0\t3\t2\t9\t1\tset aside for 16m.*\tno answer\n"), line);
        assertTrue(shell.type("l2tp:switch-list --json").contains("\"failed\": 1"));
    }

    @Test
    void listsPluginsAndWhichAreSetAside() {
        assertTrue(shell.type("l2tp:plugins").startsWith("Nothing is plugged in"));
        admin.plugins.add(new PluginStatus("authenticator", "ldap", "com.example.ldap", "1.2.0", 9, 6, 1, Duration.ofMillis(30_012),
                Duration.ofSeconds(30), Optional.of(Instant.now().plusSeconds(1000)), "no answer within 30 s"));
        String line = shell.type("l2tp:plugins --no-format");
        assertTrue(line.matches("authenticator\tldap\tcom.example.ldap\t1.2.0\t9\t6\t1\t30012.0\t30000.0\tset aside for 16m.*"
                + "\tno answer within 30 s\n"), line);
        assertTrue(shell.type("l2tp:plugins --json").contains("\"overdue\": 1"));
    }

    @Test
    void showsTheApplianceAtAGlance() {
        String text = shell.type("l2tp:system-show");
        assertTrue(text.startsWith("Isthmus 1.0.0\n  Host name"), text);
        assertTrue(text.matches("(?s).*Listening on +\\[::1\\]:1701\n.*"), text);
        assertTrue(text.matches("(?s).*Tunnels +4: 3 established, 1 retry\n.*"), text);
        assertTrue(text.matches("(?s).*Sessions +none\n.*"), text);
        String json = shell.type("l2tp:system-show --json");
        assertTrue(json.contains("\"listening\": [\n    \"[::1]:1701\"\n  ]"), json);
        assertTrue(json.contains("\"established\": 3"), json);
    }

    @Test
    void showsCountersThatCounted() {
        assertEquals("rxDatagrams\t5\n", shell.type("l2tp:counters-show --no-format"));
        assertEquals("rxDatagrams\t5\nrxMalformed\t0\n", shell.type("l2tp:counters-show --all --no-format").lines().sorted()
                .reduce("", (text, line) -> text + line + "\n"));
        assertTrue(shell.type("l2tp:counters-show --json").contains("\"rxMalformed\": 0"));
        admin.tunnels.add(FakeAdmin.tunnel("office", 4711, TunnelState.ESTABLISHED));
        assertEquals("txMessages\t12\n", shell.type("l2tp:counters-show office --no-format"));
    }

    @Test
    void resetsCounters() {
        assertEquals("The counters of the appliance are 0.\n", shell.type("l2tp:counters-reset"));
        assertEquals(List.of("reset"), admin.asked);
    }

    @Test
    void restartsAndSaysWhatGoesOn() {
        assertTrue(shell.type("l2tp:restart").startsWith("The appliance restarts. "));
        assertTrue(admin.restarted);
    }

    @Test
    void drainsAndTakesTunnelsAgain() {
        assertTrue(shell.type("l2tp:drain").startsWith("New tunnels are refused. 0 tunnels left;"));
        assertTrue(admin.draining);
        assertTrue(shell.type("l2tp:system-show").contains("l2tp:undrain ends that"));
        assertEquals("New tunnels are taken.\n", shell.type("l2tp:drain --off"));
        assertFalse(admin.draining);
        shell.type("l2tp:drain");
        shell.type("l2tp:undrain");
        assertFalse(admin.draining);
    }

    @Test
    void listsPools() {
        assertEquals("No address pools. An ippool block in l2tpd.conf makes one (l2tp:config-help ippool).\n",
                shell.type("l2tp:pool-list"));
        context.service(AddressPool.class, new OnePool());
        assertEquals("users\t253\t3\t250\t1\t2\tno\n", shell.type("l2tp:pool-list --no-format"));
        assertTrue(shell.type("l2tp:pool-list --json").contains("\"refusals\": 2"));
    }

    private static final class OnePool implements AddressPool {
        @Override
        public CompletionStage<Lease> lend(LeaseRequest request) {
            return CompletableFuture.failedFuture(new UnsupportedOperationException());
        }

        @Override
        public void takeBack(Lease lease) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean adopt(Lease lease) {
            return false;
        }

        @Override
        public void configure(List<Block> pools) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<PoolStatus> status() {
            return List.of(new PoolStatus("users", 253, 3, 1, false, 10, 7, 2));
        }
    }
}
