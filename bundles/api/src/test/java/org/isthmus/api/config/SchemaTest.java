package org.isthmus.api.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class SchemaTest {
    private final List<BlockType> types = new ArrayList<>(Schema.TOP_LEVEL);

    SchemaTest() {
        types.add(Schema.SESSION);
    }

    @Test
    void everyDefaultIsReadBackFromItsOwnText() throws InvalidValueException {
        for (BlockType type : types) {
            for (Parameter<?> parameter : type.parameters()) {
                assertReadBack(parameter);
            }
        }
    }

    private static <T> void assertReadBack(Parameter<T> parameter) throws InvalidValueException {
        if (parameter.defaultValue().isPresent()) {
            T value = parameter.defaultValue().get();
            assertEquals(value, parameter.type().parse(parameter.type().format(value)), parameter.name());
        }
    }

    @Test
    void namesAreLowerCaseWordsAndDescriptionsAreSentences() {
        for (BlockType type : types) {
            for (Parameter<?> parameter : type.parameters()) {
                assertTrue(parameter.name().matches("[a-z][a-z0-9_]*"), parameter.name());
                assertTrue(parameter.description().endsWith("."), parameter.name());
                assertFalse(parameter.type().expected().isEmpty(), parameter.name());
            }
        }
    }

    @Test
    void aNameUsedElsewhereIsNeverThatOfAnotherParameterOfTheBlock() {
        for (BlockType type : types) {
            List<String> seen = new ArrayList<>();
            for (Parameter<?> parameter : type.parameters()) {
                for (String name : parameter.elsewhere()) {
                    assertTrue(type.parameter(name).isEmpty(), type + " " + name);
                    assertFalse(seen.contains(name), type + " " + name);
                    seen.add(name);
                }
            }
        }
    }

    @Test
    void referencesNameAKindOfBlockThatHasNames() {
        for (BlockType type : types) {
            for (Parameter<?> parameter : type.parameters()) {
                String target = parameter.type().refersTo();
                assertTrue(target.isEmpty() || Schema.topLevel(target).orElseThrow().named(), parameter.name());
            }
        }
    }

    @Test
    void aBlockIsFoundByItsWords() {
        assertSame(Schema.PEER_PROFILE, Schema.topLevel("peer profile").orElseThrow());
        assertTrue(Schema.topLevel("session").isEmpty());
        assertSame(Schema.SESSION, Schema.TUNNEL.nested().get(0));
        assertTrue(Schema.PEER_PROFILE.profile());
        assertFalse(Schema.IPPOOL.profile());
    }

    @Test
    void nestedSettingsInheritWhatTheyLeaveOpen() throws InvalidValueException {
        Settings tunnel = Settings.builder().parse(TunnelParameters.HOST_NAME, "mine").build();
        Settings profile = Settings.builder().parse(TunnelParameters.HOST_NAME, "theirs")
                .parse(TunnelParameters.MTU, "1400").build();
        Settings both = tunnel.over(profile);
        assertEquals("mine", both.get(TunnelParameters.HOST_NAME));
        assertEquals(1400, both.get(TunnelParameters.MTU));
        assertEquals(60, both.get(TunnelParameters.HELLO_TIMEOUT).toSeconds());
    }

    @Test
    void noTextOfSettingsShowsASecret() throws InvalidValueException {
        Settings settings = Settings.builder().parse(TunnelParameters.SECRET, "hunter2").build();
        UserSecret user = new UserSecret("u", "*", Secret.of("hunter2"), List.of(), "f:1");
        Block block = new Block(Schema.TUNNEL_PROFILE, "p", settings, List.of(), "f:1");
        DesiredState state = new DesiredState("f", List.of(block), List.of(user));
        assertFalse(state.toString().contains("hunter2"), state.toString());
        assertTrue(settings.toString().contains("secret ***"), settings.toString());
    }
}
