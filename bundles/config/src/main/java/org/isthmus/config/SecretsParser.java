package org.isthmus.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.isthmus.api.config.ApplyReport.Problem;
import org.isthmus.api.config.InvalidValueException;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.UserSecret;
import org.isthmus.api.config.ValueType;
import org.isthmus.api.config.ValueTypes;

/**
 * Reads a file of secrets as pppd writes them in chap-secrets: {@code client server secret addresses…}, one in a line.
 * A client that begins with {@code @} and stands without quotes is no user, but a secret that l2tpd.conf names. No
 * message repeats a word of the file. Never throws on any text.
 */
final class SecretsParser {
    private static final String ANY = "*";
    private static final String NONE = "-";

    private final Problems problems;
    private final Lexer lexer;
    private final List<UserSecret> users = new ArrayList<>();
    private final Map<String, Secret> named = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private SecretsParser(String file, CharSequence text) {
        problems = new Problems(file, text, false);
        lexer = new Lexer(text, false, problems);
    }

    /**
     * What a file says.
     *
     * @param users    the users of PPP
     * @param named    the secrets that l2tpd.conf may name
     * @param problems what is wrong with it
     */
    record Result(List<UserSecret> users, Map<String, Secret> named, List<Problem> problems) implements NamedSecrets {
        static final Result EMPTY = new Result(List.of(), Map.of(), List.of());

        boolean isEmpty() {
            return users.isEmpty() && named.isEmpty() && problems.isEmpty();
        }

        @Override
        public Optional<Secret> find(String name) {
            return Optional.ofNullable(named.get(name));
        }

        @Override
        public Collection<String> names() {
            return named.keySet();
        }

        @Override
        public String toString() {
            return users.size() + " users, " + named.size() + " named secrets";
        }
    }

    static Result parse(String file, CharSequence text) {
        SecretsParser parser = new SecretsParser(file, text);
        parser.read();
        return new Result(parser.users, parser.named, parser.problems.list());
    }

    private void read() {
        List<Word> words = new ArrayList<>();
        for (Token token = lexer.next();; token = lexer.next()) {
            if (token.kind() == Token.Kind.WORD) {
                words.add(token.word());
                continue;
            }
            if (!words.isEmpty() && words.stream().noneMatch(Word::broken)) {
                line(words);
            }
            words.clear();
            if (token.kind() == Token.Kind.END) {
                return;
            }
        }
    }

    private void line(List<Word> words) {
        Word client = words.get(0);
        if (words.size() < 3) {
            problems.add(client, "expected a client, a server and a secret, and maybe addresses");
            return;
        }
        Word server = words.get(1);
        Optional<Secret> secret = secret(words.get(2));
        boolean isNamed = SecretReader.isReference(client);
        boolean fine = secret.isPresent() && fits(ValueTypes.TEXT, client, client.text())
                && fits(ValueTypes.TEXT, server, server.text()) && addressesFit(words.subList(3, words.size()));
        if (!fine) {
            return;
        }
        Integer first = lines.putIfAbsent((isNamed ? "@" : "") + client.text() + '\n' + server.text(), client.line());
        if (first != null) {
            problems.add(client, "a second line for this client and server: the first is line " + first);
        } else if (!isNamed) {
            List<String> addresses = words.subList(3, words.size()).stream().map(Word::text).toList();
            users.add(new UserSecret(client.text(), server.text(), secret.get(), addresses,
                    problems.file() + ":" + client.line()));
        } else if (!server.text().equals(ANY) || words.size() > 3) {
            problems.add(server, "a named secret has a * for its server and no addresses: @name * \"secret\"");
        } else {
            named.put(client.text().substring(1), secret.get());
        }
    }

    private Optional<Secret> secret(Word word) {
        if (!word.quoted() && word.text().startsWith("@/")) {
            problems.add(word, "secrets in files of their own are not read: write the secret itself");
            return Optional.empty();
        }
        try {
            return Optional.of(SecretReader.parse(word));
        } catch (InvalidValueException refused) {
            problems.add(word, refused.getMessage());
            return Optional.empty();
        }
    }

    private boolean addressesFit(List<Word> addresses) {
        for (Word address : addresses) {
            boolean word = address.text().equals(ANY) || address.text().equals(NONE);
            if (!word && !fits(ValueTypes.PREFIX, address, address.text())) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(ValueType<?> type, Word word, String text) {
        try {
            type.parse(text);
            return true;
        } catch (InvalidValueException refused) {
            // Its message repeats the word, which in a line with a blank too many is the secret.
            problems.add(word, "expected " + type.expected() + (type == ValueTypes.PREFIX ? ", or * for any, or - for none" : ""));
            return false;
        }
    }
}
