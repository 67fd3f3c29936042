package org.isthmus.api.auth;

import java.util.concurrent.CompletionStage;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Judges PPP users. Registered as a service; the engine asks those with a higher ranking first and goes on to the
 * next while one answers {@link AuthVerdict.Unknown}. Called from several threads at once; a call must not block.
 */
@ConsumerType
public interface Authenticator {

    /** Its name in messages and commands. */
    String name();

    /**
     * Judges. A stage that completes exceptionally counts as unknown and is logged.
     *
     * @param request who says what; its {@code toString} shows no secret
     */
    CompletionStage<AuthVerdict> judge(AuthRequest request);
}
