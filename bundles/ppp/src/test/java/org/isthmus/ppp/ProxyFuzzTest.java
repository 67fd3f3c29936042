package org.isthmus.ppp;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.auth.Verifier;
import org.isthmus.ppp.proxy.ProxyJudge;
import org.isthmus.ppp.proxy.ProxyStart;
import org.isthmus.ppp.proxy.ProxyValues;
import org.junit.jupiter.api.Tag;

/** Whatever a LAC reports, nothing is thrown, and a link that starts from it stands the next frame. */
class ProxyFuzzTest {
    private static final PppConfig LNS = PppConfig.server(AuthConfig.demand("lns",
            List.of(AuthenticationProtocol.values())));

    @Tag("fuzz")
    @FuzzTest(maxDuration = "30s")
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
            Bench lns = new Bench(LNS);
            lns.judge = attempt -> Verifier.judge(attempt, "secret");
            lns.link.open(taken, lns.now);
            lns.link.receive(ByteBuffer.wrap(data.consumeRemainingAsBytes()), lns.now);
            lns.pass(1_000);
        }
    }

    private static Optional<byte[]> request(FuzzedDataProvider data) {
        return data.consumeBoolean() ? Optional.of(data.consumeBytes(100)) : Optional.empty();
    }
}
