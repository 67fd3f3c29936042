package org.isthmus.api.config;

import java.time.Duration;
import java.util.List;

/** What stands in a {@code switch} and in an {@code lns} inside it. */
public final class SwitchParameters {
    public static final Parameter<List<String>> USER = Parameter.optional("user",
            ValueTypes.listOf(ValueTypes.TEXT), "PPP names, as users give them: alice@isp.example. One that ends in * fits"
            + " all names that begin so.").asLive().elsewhere("user_name", "username");
    public static final Parameter<List<String>> REALM = Parameter.optional("realm",
            ValueTypes.listOf(ValueTypes.TEXT), "What stands in a user's name after the last @, or before the first \\ or /;"
            + " upper and lower case are the same.").asLive().elsewhere("domain");
    public static final Parameter<List<String>> CALLED_NUMBER = Parameter.optional("called_number",
            ValueTypes.listOf(ValueTypes.TEXT), "Called numbers (DNIS). One that ends in * fits all numbers that begin so.")
            .asLive().elsewhere("dnis");
    public static final Parameter<List<String>> CALLING_NUMBER = Parameter.optional("calling_number",
            ValueTypes.listOf(ValueTypes.TEXT), "Calling numbers. One that ends in * fits all numbers that begin so.")
            .asLive().elsewhere("ani");
    public static final Parameter<Duration> SETUP_TIMEOUT = Parameter.of("setup_timeout",
            ValueTypes.seconds(1, 300), Duration.ofSeconds(10),
            "How long an LNS may take until the call is up, its tunnel included, before the next one is tried.").asLive();
    public static final Parameter<Duration> HOLD_DOWN_TIME = Parameter.of("hold_down_time",
            ValueTypes.zeroOrSeconds(1, 86_400), Duration.ofSeconds(60),
            "How long an LNS that failed is set aside; 0 for not at all. It is still tried when all others failed too.").asLive();

    public static final Parameter<Endpoint> PEER = Parameter.optional("peer", ValueTypes.ENDPOINT,
            "The LNS's host and UDP port (1701 where none is given).").asRequired()
            .elsewhere("ipaddr", "address", "server_endpoint");
    public static final Parameter<Integer> PREFERENCE = Parameter.of("preference", ValueTypes.number(0, 65_535), 0,
            "Lower ones are tried first.").asLive().elsewhere("priority");
    public static final Parameter<Integer> WEIGHT = Parameter.of("weight", ValueTypes.number(1, 1000), 1,
            "Its share of the calls among those of the same preference.").asLive();
    public static final Parameter<String> TUNNEL_PROFILE = Parameter.of("tunnel_profile",
            ValueTypes.nameOf("tunnel profile"), "default", "Where its tunnel's parameters come from, such as the secret.")
            .elsewhere("tunnel_profile_name", "profile");
    public static final Parameter<Duration> IDLE_TIMEOUT = Parameter.of("idle_timeout",
            ValueTypes.zeroOrSeconds(1, 86_400), Duration.ofSeconds(60),
            "How long its tunnel is kept without calls; 0 for ever.");

    static final List<Parameter<?>> OF_SWITCH = List.of(USER, REALM, CALLED_NUMBER, CALLING_NUMBER, SETUP_TIMEOUT,
            HOLD_DOWN_TIME);
    static final List<Parameter<?>> OF_LNS = List.of(PEER, PREFERENCE, WEIGHT, TUNNEL_PROFILE, IDLE_TIMEOUT);

    private SwitchParameters() {
    }
}
