package org.isthmus.ppp.auth;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;

/** The text of an MS-CHAP Failure, whatever it holds. */
@Tag("fuzz")
class MsChapFailureFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void parse(byte[] data) {
        MsChapFailure failure = MsChapFailure.parse(new String(data, StandardCharsets.UTF_8));
        assertTrue(failure.challenge().length <= 64);
        MsChapFailure again = MsChapFailure.parse(failure.encode());
        assertTrue(again.errorCode() == failure.errorCode() && again.retryAllowed() == failure.retryAllowed());
    }
}
