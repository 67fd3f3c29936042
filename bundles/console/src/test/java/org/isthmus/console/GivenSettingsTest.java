package org.isthmus.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;
import org.junit.jupiter.api.Test;

class GivenSettingsTest {
    private final List<String> prompts = new ArrayList<>();

    /** A console at which somebody types an answer. */
    private Session console(String answer) {
        return (Session) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Session.class},
                (self, method, args) -> {
                    assertEquals("readLine", method.getName());
                    assertEquals('\0', args[1], "nothing is echoed, not even stars");
                    prompts.add((String) args[0]);
                    return answer;
                });
    }

    @Test
    void asksForASecret() throws CommandException {
        Settings settings = new GivenSettings(Schema.TUNNEL, console("a = \"b\"")).read(
                List.of("peer=192.0.2.1", "secret=?"), List.of());
        assertEquals("a = \"b\"", settings.get(TunnelParameters.SECRET).reveal());
        assertEquals(List.of("secret: "), prompts);
    }

    @Test
    void anEmptyAnswerEndsTheCommand() {
        for (String answer : new String[] {"", null}) {
            assertEquals("No secret was typed, and nothing was done.", assertThrows(CommandException.class,
                    () -> new GivenSettings(Schema.TUNNEL, console(answer)).read(List.of("peer=192.0.2.1", "secret=?"),
                            List.of())).getMessage());
        }
    }

    @Test
    void aWrongSecretIsNotRepeated() {
        String message = assertThrows(CommandException.class, () -> new GivenSettings(Schema.TUNNEL, console("x"))
                .read(List.of("peer=192.0.2.1", "secret="), List.of())).getMessage();
        assertEquals("secret: expected " + TunnelParameters.SECRET.type().expected()
                + ". See l2tp:config-help tunnel secret.", message);
    }
}
