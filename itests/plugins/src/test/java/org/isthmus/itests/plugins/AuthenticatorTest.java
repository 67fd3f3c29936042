package org.isthmus.itests.plugins;

import static org.junit.Assert.assertEquals;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.auth.AuthRequest;
import org.isthmus.api.auth.AuthVerdict;
import org.isthmus.api.auth.Authenticator;
import org.isthmus.api.auth.Credentials;
import org.junit.Test;
import org.osgi.framework.ServiceRegistration;

/** Authenticators, who are asked on threads of their own. */
public class AuthenticatorTest extends ServiceTest {

    /** Knows one password; any other is another's to judge. */
    private static final class Judge implements Authenticator {
        private final String password;
        private final Trouble trouble = new Trouble();

        Judge(String password) {
            this.password = password;
        }

        @Override
        public String name() {
            return "judge";
        }

        @Override
        public CompletionStage<AuthVerdict> judge(AuthRequest request) {
            trouble.happens();
            boolean known = request.credentials() instanceof Credentials.Pap pap && pap.password().reveal().equals(password);
            return CompletableFuture.completedFuture(known ? new AuthVerdict.Accept("", "", AuthVerdict.Grant.NOTHING)
                    : new AuthVerdict.Unknown());
        }
    }

    @Test
    public void arrivesLateAndLeaves() throws Exception {
        tunnel("judged");
        fails("judged", call("judged", "early"));
        ServiceRegistration<Authenticator> plugin = plugIn(Authenticator.class, new Judge("wonderland"), 10);
        comesUp("judged", call("judged", "meanwhile"));
        leaves(plugin);
        fails("judged", call("judged", "late"));
        comesUp("judged", "meanwhile");
        hasGone("authenticator");
    }

    @Test
    public void isUpdated() throws Exception {
        tunnel("judged");
        ServiceRegistration<Authenticator> old = plugIn(Authenticator.class, new Judge("another"), 10);
        fails("judged", call("judged", "first"));
        plugIn(Authenticator.class, new Judge("wonderland"), 11);
        leaves(old);
        comesUp("judged", call("judged", "second"));
    }

    @Test
    public void throwsAndIsSetAside() throws Exception {
        tunnel("judged");
        Judge broken = new Judge("wonderland");
        broken.trouble.throwFromNowOn();
        plugIn(Authenticator.class, broken, 20);
        ServiceRegistration<Authenticator> sound = plugIn(Authenticator.class, new Judge("wonderland"), 10);
        for (int i = 0; i < 6; i++) {
            comesUp("judged", call("judged", "s" + i));
        }
        leaves(sound);
        eventually("set aside", () -> record("authenticator").setAside().isPresent());
        assertEquals("it was asked no more", 5, record("authenticator").calls());
        assertEquals(5, record("authenticator").failures());
    }

    @Test
    public void blocksAndIsPassedOver() throws Exception {
        tunnel("judged");
        Judge stuck = new Judge("wonderland");
        stuck.trouble.blockFromNowOn();
        plugIn(Authenticator.class, stuck, 20);
        ServiceRegistration<Authenticator> sound = plugIn(Authenticator.class, new Judge("wonderland"), 10);
        // The peer asks again all the time; the next judge is asked once the first has had its time.
        call("judged", "patient");
        eventually(25, "session", () -> session("judged", "patient").upSince().isPresent());
        leaves(sound);
        eventually("overdue", () -> record("authenticator").overdue() >= 1);
        stuck.trouble.isOver();
    }
}
