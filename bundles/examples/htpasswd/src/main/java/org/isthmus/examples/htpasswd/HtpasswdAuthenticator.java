package org.isthmus.examples.htpasswd;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.auth.AuthRequest;
import org.isthmus.api.auth.AuthVerdict;
import org.isthmus.api.auth.Authenticator;
import org.isthmus.api.auth.Credentials;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Judges users by a file of hashed passwords, etc/l2tp-htpasswd or {@code file} of etc/org.isthmus.examples.htpasswd.cfg. Who is not in it,
 * and who shows something else than a password (PAP), is left to others: a hash can be compared with nothing else.
 */
@Component(configurationPid = "org.isthmus.examples.htpasswd", property = "service.ranking:Integer=10")
public final class HtpasswdAuthenticator implements Authenticator {
    private final PasswordFile users;

    @Activate
    public HtpasswdAuthenticator(Map<String, Object> configuration) {
        this(Path.of(System.getProperty("karaf.etc", "etc")).resolve(String.valueOf(configuration.getOrDefault("file", "l2tp-htpasswd"))));
    }

    HtpasswdAuthenticator(Path file) {
        users = new PasswordFile(file);
    }

    @Override
    public String name() {
        return "htpasswd";
    }

    /** The engine calls this on a thread of ours, so that the hash may take its time here. */
    @Override
    public CompletionStage<AuthVerdict> judge(AuthRequest request) {
        return CompletableFuture.completedFuture(verdict(request));
    }

    private AuthVerdict verdict(AuthRequest request) {
        if (!(request.credentials() instanceof Credentials.Pap pap)) {
            return new AuthVerdict.Unknown();
        }
        Optional<PasswordHash> hash = users.find(request.user());
        if (hash.isEmpty()) {
            return new AuthVerdict.Unknown();
        }
        return hash.get().isOf(pap.password().reveal()) ? new AuthVerdict.Accept("", "", AuthVerdict.Grant.NOTHING)
                : new AuthVerdict.Reject("wrong password", "user " + request.user() + " has another password");
    }
}
