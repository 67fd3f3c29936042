package org.isthmus.ppp.handshake;

import org.isthmus.ppp.auth.MsChapFailure;

/** What both versions of MS-CHAP have in common. */
interface MsChapMethod extends ChapMethod {

    @Override
    default boolean acceptsChallenge(int length) {
        return length == challengeLength();
    }

    @Override
    default boolean allowsRetry() {
        return true;
    }

    @Override
    default String explainFailure(String message) {
        return MsChapFailure.parse(message).explanation();
    }
}
