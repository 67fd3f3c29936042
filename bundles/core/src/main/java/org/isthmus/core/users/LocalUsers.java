package org.isthmus.core.users;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.auth.AuthRequest;
import org.isthmus.api.auth.AuthVerdict;
import org.isthmus.api.auth.Authenticator;
import org.isthmus.api.auth.Credentials;
import org.isthmus.api.auth.MppeKeys;
import org.isthmus.api.config.InvalidValueException;
import org.isthmus.api.config.Secret;
import org.isthmus.api.config.UserSecret;
import org.isthmus.api.config.ValueTypes;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationVerdict;
import org.isthmus.ppp.auth.Verifier;
import org.isthmus.ppp.mppe.MppeStrength;
import org.isthmus.ppp.mppe.StartKeys;
import org.osgi.service.component.annotations.Component;

/**
 * Judges PPP users by the secrets file, in the manner of chap-secrets: a line has the peer's name, our own name towards
 * it, the password, and the addresses that the user may have. The user's own line counts before one for any user
 * ({@code *}), and one for our name before one for any. MS-CHAP names may have a domain in front ({@code DOMAIN\\user}),
 * which is left aside when there is no line with it.
 *
 * <p>Asked last: its ranking is below that of other judges. Any thread may call; nothing waits. A user whom no line fits
 * is unknown, which takes as long to find out as a wrong password.
 */
@Component(service = {Authenticator.class, LocalUsers.class}, property = "service.ranking:Integer=-1000")
public final class LocalUsers implements Authenticator {
    private static final String REFUSAL = "Authentication failed";
    private static final String NO_ADDRESS = "-";
    private static final int NT_RESPONSE_BYTES = 24;
    private static final int NAME_SHOWN = 64;

    private volatile UserIndex users = new UserIndex(List.of());

    /** From now on these are the users; of two with one name and server the first counts. */
    public void replace(List<UserSecret> secrets) {
        users = new UserIndex(secrets);
    }

    /** All of them. */
    public List<UserSecret> all() {
        return users.all();
    }

    /**
     * The password by which we prove ourselves to a peer.
     *
     * @param user   our name
     * @param server the peer's name, or empty if it has not told it
     */
    public Optional<Secret> passwordFor(String user, String server) {
        return users.find(user, server).map(UserSecret::password);
    }

    @Override
    public String name() {
        return "secrets file";
    }

    @Override
    public CompletionStage<AuthVerdict> judge(AuthRequest request) {
        return CompletableFuture.completedFuture(verdict(request));
    }

    private AuthVerdict verdict(AuthRequest request) {
        Optional<UserSecret> found = find(request);
        // Without a line the same work is done with a password that nobody has.
        AuthenticationVerdict proof = Verifier.judge(attempt(request),
                found.map(line -> line.password().reveal()).orElse("\u0000"));
        if (found.isEmpty()) {
            return new AuthVerdict.Unknown();
        }
        UserSecret line = found.get();
        if (line.password().reveal().isEmpty()) {
            return reject(request, "has an empty password in " + line.where() + "; give it one");
        }
        if (!(proof instanceof AuthenticationVerdict.Accept accept)) {
            return reject(request, "gave a wrong password (its line is " + line.where() + ")");
        }
        if (line.addresses().contains(NO_ADDRESS)) {
            return reject(request, "may have no address, says " + line.where());
        }
        return new AuthVerdict.Accept(accept.message(), accept.authenticatorResponse(), grant(line), accept.keys().map(LocalUsers::keys));
    }

    private static MppeKeys keys(StartKeys keys) {
        return new MppeKeys(keys.send(MppeStrength.BITS_128), keys.receive(MppeStrength.BITS_128), keys.send(MppeStrength.BITS_40),
                keys.receive(MppeStrength.BITS_40));
    }

    private Optional<UserSecret> find(AuthRequest request) {
        UserIndex index = users;
        String user = request.user();
        int domainEnd = isMsChap(request.credentials()) ? user.lastIndexOf('\\') : -1;
        if (domainEnd < 0) {
            return index.find(user, request.ourName());
        }
        Optional<UserSecret> whole = index.find(user, request.ourName());
        return whole.filter(line -> line.user().equals(user))
                .or(() -> index.find(user.substring(domainEnd + 1), request.ourName()));
    }

    private static boolean isMsChap(Credentials credentials) {
        return credentials instanceof Credentials.MsChapV1 || credentials instanceof Credentials.MsChapV2;
    }

    private static AuthenticationAttempt attempt(AuthRequest request) {
        byte[] name = request.user().getBytes(StandardCharsets.UTF_8);
        Credentials credentials = request.credentials();
        if (credentials instanceof Credentials.Pap pap) {
            return new AuthenticationAttempt.Pap(name, pap.password().bytes());
        }
        if (credentials instanceof Credentials.ChapMd5 chap) {
            return new AuthenticationAttempt.ChapMd5(name, chap.identifier(), chap.challenge(), chap.response());
        }
        if (credentials instanceof Credentials.MsChapV1 chap) {
            return new AuthenticationAttempt.MsChapV1(name, 0, chap.challenge(), new byte[NT_RESPONSE_BYTES],
                    chap.ntResponse(), true);
        }
        Credentials.MsChapV2 chap = (Credentials.MsChapV2) credentials;
        return new AuthenticationAttempt.MsChapV2(name, chap.identifier(), chap.challenge(), chap.peerChallenge(),
                chap.ntResponse(), 0);
    }

    /** A single address is what the user gets; a block or several leave the choice to the pool. */
    private static AuthVerdict.Grant grant(UserSecret line) {
        if (line.addresses().size() != 1) {
            return AuthVerdict.Grant.NOTHING;
        }
        return address(line.addresses().get(0))
                .map(address -> new AuthVerdict.Grant(Optional.of(address), Optional.empty(), List.of(),
                        Optional.empty(), Optional.empty()))
                .orElse(AuthVerdict.Grant.NOTHING);
    }

    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(ValueTypes.ADDRESS.parse(text));
        } catch (InvalidValueException any) {
            return Optional.empty();
        }
    }

    private static AuthVerdict reject(AuthRequest request, String why) {
        return new AuthVerdict.Reject(REFUSAL, "user \"" + printable(request.user()) + "\" in tunnel "
                + printable(request.tunnel()) + " " + why);
    }

    /** A name that the peer chose, fit for a log: cut, and without control characters. */
    private static String printable(String name) {
        StringBuilder shown = new StringBuilder();
        name.codePoints().limit(NAME_SHOWN).forEach(point -> shown.appendCodePoint(
                Character.isISOControl(point) || Character.getType(point) == Character.FORMAT
                || Character.getType(point) == Character.LINE_SEPARATOR
                || Character.getType(point) == Character.PARAGRAPH_SEPARATOR ? '?' : point));
        return shown.toString();
    }
}
