package org.isthmus.core.engine;

import static org.isthmus.core.counters.Counter.PPP_AUTH_FAILURES;

import org.isthmus.api.auth.AuthRequest;
import org.isthmus.api.auth.AuthVerdict;
import org.isthmus.ppp.PppLink;
import org.isthmus.ppp.auth.AuthenticationAttempt;
import org.isthmus.ppp.auth.AuthenticationVerdict;
import org.isthmus.ppp.auth.MsChapFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between PPP, to which a user says who he is, and those who judge that; knows whom PPP accepted. On the worker's thread. */
final class PppAuthentication {
    private static final Logger LOG = LoggerFactory.getLogger(PppAuthentication.class);

    private final LiveSession session;
    private final Worker worker;
    private final String ourName;
    private final PppLink link;
    private final Runnable rearm;

    private AcceptedUser user = AcceptedUser.NOBODY;
    /** The latest attempt that a judge accepted, and what it brings; PPP has the last word. */
    private AuthenticationAttempt judgedAttempt;
    private AcceptedUser judgedUser = AcceptedUser.NOBODY;

    /**
     * @param ourName by which the judges know this end
     * @param link    who asks
     * @param rearm   called after each answer
     */
    PppAuthentication(LiveSession session, String ourName, PppLink link, Runnable rearm) {
        this.session = session;
        this.worker = session.tunnel().worker();
        this.ourName = ourName;
        this.link = link;
        this.rearm = rearm;
    }

    /** Asks the judges. */
    void ask(AuthenticationAttempt attempt) {
        AuthRequest request = new AuthRequest(attempt.name(), ourName, Attempts.credentials(attempt),
                session.tunnel().identity().name(), session.tunnel().tunnelId(), session.sessionId(),
                session.plan().call().callingNumber(), session.plan().call().calledNumber());
        worker.whenDone(worker.engine().plugins().judge(request), (verdict, failure) -> judged(attempt, verdict));
    }

    private void judged(AuthenticationAttempt attempt, AuthVerdict verdict) {
        AuthenticationVerdict answer;
        if (verdict instanceof AuthVerdict.Accept accept) {
            judgedAttempt = attempt;
            judgedUser = new AcceptedUser(attempt.name(), accept.grant());
            answer = new AuthenticationVerdict.Accept(accept.message(), accept.authenticatorResponse(),
                    accept.keys().map(Attempts::keys));
        } else {
            worker.count(PPP_AUTH_FAILURES);
            String why = verdict instanceof AuthVerdict.Reject reject ? reject.reason() : "nobody knows the user";
            LOG.info("session {}: user \"{}\" is refused ({}): {}", session.title(), attempt.name(),
                    attempt.protocol().label(), why);
            String message = verdict instanceof AuthVerdict.Reject reject ? reject.message() : "Authentication failed";
            answer = new AuthenticationVerdict.Reject(message, MsChapFailure.AUTHENTICATION_FAILURE, false);
        }
        link.authenticationResult(attempt, answer, worker.nowMillis());
        rearm.run();
    }

    /** PPP has accepted the user of this attempt. */
    void accepted(AuthenticationAttempt attempt) {
        if (attempt == judgedAttempt) {
            user = judgedUser;
        }
        LOG.info("session {}: user \"{}\" is accepted ({})", session.title(), attempt.name(),
                attempt.protocol().label());
    }

    /** PPP goes on with a user who was accepted before. */
    void resume(AcceptedUser before) {
        user = before;
    }

    AcceptedUser user() {
        return user;
    }
}
