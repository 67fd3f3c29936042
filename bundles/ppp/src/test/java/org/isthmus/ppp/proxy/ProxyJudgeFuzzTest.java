package org.isthmus.ppp.proxy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.isthmus.ppp.AddressRequest;
import org.isthmus.ppp.AuthConfig;
import org.isthmus.ppp.CloseReason;
import org.isthmus.ppp.Network;
import org.isthmus.ppp.NetworkFamily;
import org.isthmus.ppp.PppConfig;
import org.isthmus.ppp.PppLink;
import org.isthmus.ppp.PppObserver;
import org.isthmus.ppp.PppPhase;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.auth.Verifier;
import org.junit.jupiter.api.Tag;

/** Whatever a LAC reports, nothing is thrown, and a link that starts from it stands the next frame. */
class ProxyJudgeFuzzTest {
    private static final PppConfig LNS = PppConfig.server(AuthConfig.demand("lns",
            List.of(AuthenticationProtocol.values())));

    @Tag("fuzz")
    @FuzzTest(maxDuration = "60s")
    void nothingIsThrown(FuzzedDataProvider data) {
        ProxyValues values = new ProxyValues(request(data), request(data), request(data),
                data.consumeBoolean() ? OptionalInt.of(data.consumeInt(0, 65_535)) : OptionalInt.empty(),
                data.consumeBytes(300), data.consumeBytes(300),
                data.consumeBoolean() ? OptionalInt.of(data.consumeInt(0, 65_535)) : OptionalInt.empty(),
                data.consumeBytes(300));
        ProxyValues.words(values.lastSent());
        values.authenticationWords();
        values.userName();
        if (ProxyJudge.judge(values, LNS, data.consumeBoolean()) instanceof ProxyStart.Taken taken) {
            PppLink link = link();
            link.open(taken, 0);
            link.receive(ByteBuffer.wrap(data.consumeRemainingAsBytes()), 1);
            link.timeout(link.nextTimeoutMillis());
        }
    }

    private static Optional<byte[]> request(FuzzedDataProvider data) {
        return data.consumeBoolean() ? Optional.of(data.consumeBytes(100)) : Optional.empty();
    }

    private static PppLink link() {
        PppLink[] made = new PppLink[1];
        made[0] = new PppLink(LNS, new PppObserver() {
            @Override
            public void send(ByteBuffer frame) {
            }

            @Override
            public void phaseChanged(PppPhase from, PppPhase to) {
            }

            @Override
            public void authenticate(AuthenticationAttempt attempt) {
                made[0].authenticationResult(attempt, Verifier.judge(attempt, "secret"), 0);
            }

            @Override
            public void authenticated(AuthenticationAttempt attempt) {
            }

            @Override
            public void addressesNeeded(AddressRequest request) {
                made[0].addressesRefused(request, "none", 0);
            }

            @Override
            public void networkUp(Network network) {
            }

            @Override
            public void networkDown(NetworkFamily family) {
            }

            @Override
            public void linkClosed(CloseReason reason) {
            }
        }, new Random(1));
        return made[0];
    }
}
