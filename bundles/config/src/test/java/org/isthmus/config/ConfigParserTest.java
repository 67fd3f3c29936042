package org.isthmus.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.isthmus.api.config.AuthMode;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.Endpoint;
import org.isthmus.api.config.PoolParameters;
import org.isthmus.api.config.PppParameters;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.SessionParameters;
import org.isthmus.api.config.SwitchParameters;
import org.isthmus.api.config.SystemParameters;
import org.isthmus.api.config.TunnelParameters;
import org.junit.jupiter.api.Test;

class ConfigParserTest {

    static ConfigParser.Result parse(String... lines) {
        return ConfigParser.parse("l2tpd.conf", String.join("\n", lines), system -> NamedSecrets.NONE);
    }

    private static List<Block> blocks(String... lines) {
        ConfigParser.Result result = parse(lines);
        assertEquals(List.of(), result.problems());
        return result.blocks();
    }

    /** The only problem of a file, as an operator sees it. */
    private static String problem(String... lines) {
        List<?> problems = parse(lines).problems();
        assertEquals(1, problems.size(), problems::toString);
        return problems.get(0).toString();
    }

    private static String problems(String... lines) {
        return parse(lines).problems().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    @Test
    void readsASwitchWithItsLnses() {
        Block isp = blocks("switch \"isp\" {", "  realm a.example, b.example", "  lns \"a\" { peer 192.0.2.3 }",
                "  lns \"b\" { peer 192.0.2.4:1702", "    weight 3 }", "}").get(0);
        assertEquals(List.of("a.example", "b.example"), isp.settings().get(SwitchParameters.REALM));
        assertEquals(List.of("a", "b"), isp.nested().stream().map(Block::name).toList());
        assertEquals(3, isp.nested().get(1).settings().get(SwitchParameters.WEIGHT));
        assertTrue(problem("switch \"isp\" {", "  session \"a\" { }", "}").contains("lns"));
        assertTrue(problem("switch \"isp/a\" { }").contains("without /"));
    }

    @Test
    void readsEveryKindOfBlock() {
        List<Block> blocks = blocks(
                "# a comment",
                "system {",
                "    udp_port 1702   # another",
                "    listen yes",
                "}",
                "",
                "peer profile \"branch\" {",
                "    peer_ipaddr 192.0.2.0/24, 2001:db8::/32",
                "    tunnel_profile \"strict\"",
                "}",
                "tunnel profile \"strict\" {",
                "    auth_mode challenge",
                "    secret \"open \\\"sesame\\\"\"",
                "}",
                "session profile \"fast\" { use_sequence_numbers false }",
                "ppp profile \"default\" { ip_pool_name \"home\" }",
                "ippool \"home\" {",
                "    range 10.0.0.2-10.0.0.9",
                "    range 10.1.0.0/24 , 10.2.0.0/24",
                "}",
                "tunnel \"office\"",
                "{",
                "    peer [2001:db8::1]:1701",
                "    persist true",
                "    session \"one\" {",
                "        user_name 'alice # wonder'",
                "    }",
                "    session \"two\" { profile \"fast\" }",
                "}");
        assertEquals(List.of("system", "peer profile \"branch\"", "tunnel profile \"strict\"",
                "session profile \"fast\"", "ppp profile \"default\"", "ippool \"home\"", "tunnel \"office\""),
                blocks.stream().map(Block::title).toList());
        assertEquals(1702, blocks.get(0).settings().get(SystemParameters.UDP_PORT));
        assertEquals(AuthMode.CHALLENGE, blocks.get(2).settings().get(TunnelParameters.AUTH_MODE));
        assertEquals("open \"sesame\"", blocks.get(2).settings().get(TunnelParameters.SECRET).reveal());
        assertEquals("[10.0.0.2-10.0.0.9, 10.1.0.1-10.1.0.254, 10.2.0.1-10.2.0.254]",
                blocks.get(5).settings().get(PoolParameters.RANGES).toString());
        Block tunnel = blocks.get(6);
        assertEquals("l2tpd.conf:21", tunnel.where());
        assertEquals(new Endpoint("2001:db8::1", 1701), tunnel.settings().get(TunnelParameters.PEER));
        assertEquals(List.of("one", "two"), tunnel.nested().stream().map(Block::name).toList());
        assertEquals("alice # wonder", tunnel.nested().get(0).settings().get(SessionParameters.USER_NAME));
    }

    @Test
    void anEmptyFileSaysNothing() {
        assertEquals(List.of(), blocks());
        assertEquals(List.of(), blocks("# only", "", "   # comments"));
    }

    @Test
    void aValueThatDoesNotFitIsShownWithItsPlace() {
        assertEquals(String.join("\n",
                "l2tpd.conf:2:14: \"70000\" is not valid: expected a number from 1 to 65535",
                "        udp_port 70000",
                "                 ^"), problem("system {", "    udp_port 70000", "}"));
    }

    @Test
    void theNearestKnownNameIsOffered() {
        assertTrue(problem("system {", "  upd_port 1", "}").contains(
                "l2tpd.conf:2:3: system has no parameter \"upd_port\": did you mean udp_port?"));
        assertTrue(problem("tunel \"x\" { peer 10.0.0.1 }").contains("did you mean tunnel?"));
        assertTrue(problem("tunnel profile \"x\" { auth_mode chalenge }").contains("did you mean challenge?"));
        assertTrue(problem("ippool \"users\" { range 10.0.0.0/24 }", "ppp profile \"a\" { ip_pool_name \"user\" }")
                .contains("there is no ippool \"user\": did you mean \"users\"?"));
    }

    @Test
    void whatOtherDaemonsCallAParameterIsExplained() {
        String text = problem("tunnel \"x\" {", "  dest_ipaddr 10.0.0.1", "}");
        assertTrue(text.contains("tunnel has no parameter \"dest_ipaddr\": here it is peer, a host"), text);
        text = problem("system {", "  udp_port=1702", "}");
        assertTrue(text.contains("write udp_port without quotes, a blank, and its value"), text);
    }

    @Test
    void everyFaultOfAFileIsFoundInItsOrder() {
        String text = problems(
                "system { max_tunnels many }",
                "peer profile \"p\" {",
                "  lac_lns both",
                "  tunnel_profile \"missing\"",
                "}",
                "tunnel \"t\" {",
                "  persist maybe",
                "  session \"s\" { colour red }",
                "}");
        assertEquals(List.of("1:22", "3:11", "4:18", "6:1", "7:11", "8:17"),
                text.lines().filter(line -> line.startsWith("l2tpd.conf:"))
                        .map(line -> line.substring("l2tpd.conf:".length()).replaceAll(": .*", "")).toList(), text);
    }

    @Test
    void duplicatesAreFaults() {
        assertTrue(problem("system { }", "system { }").contains("2:1: a second system: the first stands in line 1"));
        assertTrue(problem("ippool \"a\" { range 10.0.0.0/24 }", "ippool \"a\" { range 10.1.0.0/24 }")
                .contains("2:1: a second ippool \"a\": the first stands in line 1"));
        assertTrue(problem("system {", "udp_port 1", "udp_port 2", "}").contains("3:1: a second udp_port"));
        assertTrue(problem("tunnel \"t\" {", "peer 10.0.0.1", "session \"s\" { }", "session \"s\" { }", "}")
                .contains("4:1: a second session \"s\""));
    }

    @Test
    void whatIsNeededIsAskedFor() {
        assertTrue(problem("tunnel \"t\" {", "}").contains("1:1: tunnel \"t\" needs peer: expected a host or address"));
    }

    @Test
    void theProfileDefaultIsAlwaysThere() {
        blocks("peer profile \"p\" { tunnel_profile \"default\" }");
        assertTrue(problem("ppp profile \"p\" { ip_pool_name \"default\" }").contains("there is no ippool \"default\""));
    }

    @Test
    void aMissingBraceIsFoundWhereItIsMissing() {
        String text = problems("tunnel profile \"a\" {", "  mtu 1400", "tunnel \"t\" {", "  peer 10.0.0.1", "}",
                "tunnel \"u\" {", "  peer 10.0.0.1", "}");
        assertTrue(text.contains("1:1: the block tunnel profile \"a\" is never closed"), text);
        assertTrue(text.contains("3:1: a tunnel cannot stand inside tunnel profile \"a\" of line 1: is a } missing"), text);
        assertEquals(2, text.lines().filter(line -> line.startsWith("l2tpd.conf:")).count(), text);
        assertTrue(problem("system { }", "}").contains("2:1: a } without a block to close"));
    }

    @Test
    void namesStandInQuotesAndWhereTheyBelong() {
        assertTrue(problem("tunnel office { peer 10.0.0.1 }").contains("a name stands in quotes: tunnel \"office\" {"));
        assertTrue(problem("tunnel profile x { mtu 1400 }").contains("tunnel profile \"x\" {"));
        assertTrue(problem("tunnel { peer 10.0.0.1 }").contains("the block tunnel needs a name in quotes"));
        assertTrue(problem("system \"x\" { }").contains("the block system has no name"));
        assertTrue(problem("session \"s\" { }").contains("a session stands inside its tunnel"));
        assertTrue(problem("tunnel \"a/b\" { peer 10.0.0.1 }").contains("a name without / was expected"));
        assertTrue(problem("ippool \"\" { range 10.0.0.0/24 }").contains("as a name, \"\" is not valid"));
    }

    @Test
    void wordsTooManyOrTooFew() {
        assertTrue(problem("system {", "udp_port", "}").contains("2:1: udp_port has no value: expected a number"));
        assertTrue(problem("system {", "udp_port 1 2", "}").contains("2:12: another word was not expected: udp_port takes one value"));
        assertTrue(problem("ppp profile \"a\" {", "dns_ipaddr 1.1.1.1 8.8.8.8", "}").contains("with commas"));
        assertTrue(problem("ppp profile \"a\" {", "dns_ipaddr 1.1.1.1,", "}").contains("a comma with no value behind it"));
        assertTrue(problem("ppp profile \"a\" {", "dns_ipaddr 1.1.1.1,1.1.1.2", "dns_ipaddr 1.1.1.3", "}")
                .contains("3 values are too many"));
        assertEquals(2, blocks("ppp profile \"a\" {", "dns_ipaddr 1.1.1.1", "dns_ipaddr 8.8.8.8", "}").get(0).settings()
                .get(PppParameters.DNS).size());
    }

    @Test
    void quotesAndEscapes() {
        assertTrue(problem("system {", "host_name \"abc", "}").contains("2:11: the quote is not closed on its line"));
        assertTrue(problem("system {", "host_name \"a\\q\"", "}").contains("2:13: no such escape: write \\\\ for"));
        assertEquals("a\"b'c\\d{},#", blocks("system { host_name \"a\\\"b'c\\x5cd{},\\43\" }").get(0).settings()
                .get(SystemParameters.HOST_NAME));
        assertTrue(problem("system {", "host_name a\uFFFDb", "}").contains("2:12: bytes that are not UTF-8"));
        assertTrue(problem("system {", "host_name \"a\"b", "}").contains("expected a blank after the closing quote"));
        assertTrue(problem("system {", "host_name \u201ca\u201d", "}").contains("2:11: a typographic quote: write \""));
        assertTrue(problem("system {", "udp_port\u00a01702", "}").contains("2:9: a special kind of blank"));
        assertEquals("\u201ca\u00a0b\u201d", blocks("system { host_name \"\u201ca\u00a0b\u201d\" }").get(0).settings()
                .get(SystemParameters.HOST_NAME));
    }

    @Test
    void noSecretIsEverShown() {
        for (String line : List.of("secret hunter2 hunter2", "secrt hunter2", "secret \"hunter2", "secret \"hun\\qter2\"",
                "mtu 1400 secret hunter2", "psk hunter2", "psk \"hunter2", "secret hunter2 }}", "secret=\"hunter2\"",
                "secret @hunter2", "secret hunter2, hunter2", "mtu 1400, \"hunter2\" \"hunter2", "SECRET \"hunter2",
                "secret hex:hunter2", "secret \"\"hunter2", "host_name alice hunter2", "secret\nhunter2 x", "secret\n\"hunter2\"",
                "secret" + "\thunter2".repeat(9))) {
            String text = problems("tunnel profile \"t\" {", line, "}");
            assertFalse(text.isEmpty(), line);
            assertFalse(text.contains("hunter2") && !line.startsWith("mtu 1400, "), text);
        }
    }

    @Test
    void theCaretStandsUnderTheValueThatIsHidden() {
        assertEquals(String.join("\n", "l2tpd.conf:2:13: the quote is not closed on its line: expected \"",
                "      secret    ***", "                ^"), problem("tunnel profile \"t\" {", "  secret    \"hunter2", "}"));
    }

    @Test
    void aSecretMayStandInTheSecretsFile() {
        NamedSecrets named = named(Map.of("office", "s3cret"));
        ConfigParser.Result result = ConfigParser.parse("f", String.join("\n",
                "tunnel profile \"a\" { secret @office }",
                "tunnel profile \"b\" { secret \"@office\" }",
                "system { secrets_file \"elsewhere\" }"), system -> {
                    assertEquals("elsewhere", system.get(SystemParameters.SECRETS_FILE));
                    return named;
                });
        assertEquals(List.of(), result.problems());
        assertEquals("s3cret", result.blocks().get(0).settings().get(TunnelParameters.SECRET).reveal());
        assertEquals("@office", result.blocks().get(1).settings().get(TunnelParameters.SECRET).reveal());
        assertTrue(result.holdsSecrets());
        assertEquals(Schema.SYSTEM, result.blocks().get(2).type());
        ConfigParser.Result wrong = ConfigParser.parse("f", "tunnel profile \"a\" { secret @ofice }", system -> named);
        assertTrue(wrong.problems().get(0).message().contains("did you mean @office?"), wrong.toString());
        assertFalse(wrong.holdsSecrets());
    }

    static NamedSecrets named(Map<String, String> secrets) {
        return new NamedSecrets() {
            @Override
            public Optional<Secret> find(String name) {
                return Optional.ofNullable(secrets.get(name)).map(Secret::of);
            }

            @Override
            public Collection<String> names() {
                return secrets.keySet();
            }
        };
    }

    @Test
    void nestingIsBounded() {
        assertTrue(problems("a { ".repeat(100_000)).contains("blocks nested more than 8 deep"));
    }

    @Test
    void onlySoManyProblemsAreShown() {
        List<?> problems = parse("system {\n" + "nonsense 1\n".repeat(5000) + "}").problems();
        assertEquals(Problems.MAX_SHOWN + 1, problems.size());
        assertEquals("l2tpd.conf: 4900 more problems are not shown", problems.get(Problems.MAX_SHOWN).toString());
    }
}
