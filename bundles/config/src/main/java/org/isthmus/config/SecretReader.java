package org.isthmus.config;

import java.util.Optional;

import org.isthmus.api.config.InvalidValueException;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.ValueTypes;

/** Reads the value of a secret: the secret itself, or {@code @name}. In quotes it is always the secret itself. */
final class SecretReader {
    private final NamedSecrets named;
    private boolean literal;

    SecretReader(NamedSecrets named) {
        this.named = named;
    }

    /** Whether {@code word} speaks of a secret of the secrets file. */
    static boolean isReference(Word word) {
        return !word.quoted() && word.text().startsWith("@") && word.text().length() > 1;
    }

    /** Empty if there is none, which is reported. */
    Optional<Secret> read(Word value, Problems problems) {
        if (isReference(value)) {
            String name = value.text().substring(1);
            Optional<Secret> secret = named.find(name);
            if (secret.isEmpty()) {
                // The name is not repeated: it may be the secret itself, without the quotes that it needs.
                problems.add(value, "the secrets file has no line for this @name" + NearestName.to(name, named.names())
                        .map(near -> ": did you mean @" + near + "?")
                        .orElse(": add it, or put quotes around it if it is the secret itself"));
            }
            return secret;
        }
        literal = true;
        try {
            return Optional.of(parse(value));
        } catch (InvalidValueException refused) {
            problems.add(value, refused.getMessage());
            return Optional.empty();
        }
    }

    /** Whether a secret was read that stood in the file itself. */
    boolean foundLiteral() {
        return literal;
    }

    /** A secret as written: {@code hex:} means bytes unless it stands in quotes. */
    static Secret parse(Word value) throws InvalidValueException {
        boolean text = value.quoted() && value.text().startsWith("hex:");
        return text ? Secret.of(value.text()) : ValueTypes.SECRET.parse(value.text());
    }
}
