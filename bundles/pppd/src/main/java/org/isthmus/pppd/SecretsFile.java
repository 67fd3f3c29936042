package org.isthmus.pppd;

import java.util.List;

import org.isthmus.api.config.UserSecret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The users as pppd reads them in chap-secrets and pap-secrets. */
final class SecretsFile {
    private static final Logger LOG = LoggerFactory.getLogger(SecretsFile.class);
    private static final String ANY = "*";
    private static final String NONE = "-";

    private SecretsFile() {
    }

    /** A user with an empty password gets no line: pppd would take any password for it. */
    static String of(List<UserSecret> users) {
        StringBuilder text = new StringBuilder();
        for (UserSecret user : users) {
            String password = user.password().reveal();
            if (password.isEmpty() || password.startsWith("@/")) { // the second names a file to pppd
                LOG.warn("user \"{}\" ({}) cannot come in by pppd: its password is empty or begins with @/", user.user(), user.where());
                continue;
            }
            text.append(Words.quoted(user.user())).append(' ').append(Words.quoted(user.server())).append(' ')
                    .append(Words.quoted(user.password().bytes())).append(' ').append(addresses(user.addresses())).append('\n');
        }
        return text.toString();
    }

    /** As the engine's own judge has it: one address is what the user gets, a block or several leave the choice to the pool. */
    private static String addresses(List<String> addresses) {
        if (addresses.contains(NONE)) {
            return NONE;
        }
        boolean single = addresses.size() == 1 && !addresses.get(0).contains("/");
        return single ? addresses.get(0) : ANY;
    }
}
