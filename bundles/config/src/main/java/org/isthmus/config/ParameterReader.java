package org.isthmus.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.InvalidValueException;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.ValueTypes;
import org.isthmus.config.RawBlock.RawParameter;

/** Reads the parameters of one block. */
final class ParameterReader {
    private final RawBlock raw;
    private final BlockType type;
    private final Problems problems;
    private final References references;
    private final SecretReader secrets;
    private final Settings.Builder settings = Settings.builder();
    private final Map<Parameter<?>, Word> seen = new LinkedHashMap<>();
    private final Map<Parameter<?>, List<String>> lists = new LinkedHashMap<>();
    private final Set<Parameter<?>> meant = new HashSet<>();

    ParameterReader(RawBlock raw, BlockType type, Problems problems, References references, SecretReader secrets) {
        this.raw = raw;
        this.type = type;
        this.problems = problems;
        this.references = references;
        this.secrets = secrets;
    }

    Settings read() {
        boolean secretMissing = false;
        for (RawParameter line : raw.parameters) {
            Word name = line.name();
            Optional<Parameter<?>> parameter = name.quoted() ? Optional.empty() : type.parameter(name.text());
            if (parameter.isPresent()) {
                read(parameter.get(), line);
            } else if (secretMissing) {
                problems.add(name.place(), "a value stands on the line of its parameter");
            } else if (!name.broken()) {
                reportUnknown(name);
            }
            secretMissing = parameter.isPresent() && parameter.get().type().secret() && line.values().isEmpty();
        }
        lists.forEach(this::setList);
        for (Parameter<?> parameter : type.parameters()) {
            if (parameter.required() && !seen.containsKey(parameter) && !meant.contains(parameter)) {
                problems.add(raw.place, raw.title() + " needs " + parameter + ": expected "
                        + parameter.type().expected());
            }
        }
        return settings.build();
    }

    private void read(Parameter<?> parameter, RawParameter line) {
        Word first = seen.putIfAbsent(parameter, line.name());
        if (first != null && !parameter.type().list()) {
            problems.add(line.name(), "a second " + parameter + ": the first stands in line " + first.line());
        } else if (line.values().isEmpty()) {
            problems.add(line.name(), parameter + " has no value: expected " + parameter.type().expected());
        } else if (wellFormed(parameter, line.values())) {
            for (Word value : line.values()) {
                readValue(parameter, value);
            }
        }
    }

    /** One value, or several with a comma before each but the first. */
    private boolean wellFormed(Parameter<?> parameter, List<Word> values) {
        boolean list = parameter.type().list();
        for (Word value : values) {
            if (value.broken()) {
                return false; // which was said when the word was cut
            }
            if (value != values.get(0) && !(list && value.afterComma())) {
                // The word is not shown: people write passwords behind names.
                problems.add(value.place(), "another word was not expected: " + parameter + (list
                        ? " takes several values only with commas between them"
                        : " takes one value; one with blanks or commas stands in quotes"));
                return false;
            }
        }
        return true;
    }

    private void readValue(Parameter<?> parameter, Word value) {
        try {
            if (parameter.type() == ValueTypes.SECRET) {
                secrets.read(value, problems).ifPresent(secret -> settings.set(asSecret(parameter), secret));
                return;
            }
            List<String> words = List.of(value.text());
            if (parameter.type().list()) {
                parameter.type().parseAll(words);
                lists.computeIfAbsent(parameter, key -> new ArrayList<>()).add(value.text());
            } else {
                settings.parseAll(parameter, words);
            }
            if (!parameter.type().refersTo().isEmpty()) {
                references.use(parameter.type().refersTo(), value);
            }
        } catch (InvalidValueException refused) {
            problems.add(value, refused.getMessage() + NearestName.to(value.text(), parameter.type().choices())
                    .map(near -> ": did you mean " + near + "?").orElse(""));
        }
    }

    @SuppressWarnings("unchecked") // asked only of parameters whose type is SECRET
    private static Parameter<Secret> asSecret(Parameter<?> parameter) {
        return (Parameter<Secret>) parameter;
    }

    private void setList(Parameter<?> parameter, List<String> words) {
        try {
            settings.parseAll(parameter, words);
        } catch (InvalidValueException refused) {
            problems.add(seen.get(parameter), parameter + ": " + refused.getMessage());
        }
    }

    private void reportUnknown(Word name) {
        if (problems.full()) {
            problems.add(name, ""); // it is only counted: the search for what was meant is spared
            return;
        }
        int equals = name.text().indexOf('=');
        String word = equals > 0 ? name.text().substring(0, equals) : name.text();
        problems.add(name, type + " has no parameter " + Problems.shown(equals > 0 ? word + "=…" : word) + advice(word));
    }

    /** What was probably meant: the same name in another form, what another daemon calls it, or a similar one. */
    private String advice(String word) {
        Optional<Parameter<?>> same = type.parameter(word);
        if (same.isPresent()) {
            meant.add(same.get());
            return ": write " + word + " without quotes, a blank, and its value";
        }
        for (Parameter<?> parameter : type.parameters()) {
            if (parameter.elsewhere().contains(word)) {
                meant.add(parameter);
                return ": here it is " + parameter + ", " + parameter.type().expected();
            }
        }
        return NearestName.to(word, type.parameters().stream().map(Parameter::name).toList()).map(near -> {
            meant.add(type.parameter(near).orElseThrow());
            return ": did you mean " + near + "?";
        }).orElse("");
    }
}
