package org.isthmus.config;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.Secret;

/** The secrets that l2tpd.conf may name as {@code @name} instead of holding them. */
interface NamedSecrets {
    NamedSecrets NONE = new NamedSecrets() {
        @Override
        public Optional<Secret> find(String name) {
            return Optional.empty();
        }

        @Override
        public Collection<String> names() {
            return List.of();
        }
    };

    /** The secret of this name, given without the {@code @}. */
    Optional<Secret> find(String name);

    /** All names, for the question which one was meant. */
    Collection<String> names();
}
