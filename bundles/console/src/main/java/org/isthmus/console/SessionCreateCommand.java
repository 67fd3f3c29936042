package org.isthmus.console;

import java.util.List;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.AdminException;
import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.SessionState;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.ValueTypes;
import org.isthmus.console.completers.NewNameCompleter;
import org.isthmus.console.completers.SessionParameterCompleter;
import org.isthmus.console.completers.TunnelCompleter;

/** Places a session. */
@Service
@Command(scope = "l2tp", name = "session-create", description = "Places a session in a tunnel, at once or when the tunnel comes up",
        detailedDescription = "The parameters are those of a session block in l2tpd.conf; TAB completes them, and"
                + " l2tp:config-help session explains them.\n\nExample:\n"
                + "  l2tp:session-create office s1\n"
                + "  l2tp:session-create office s1 user_name=alice user_password=? --wait 20\n"
                + "  l2tp:session-create office s2 profile=metered ppp_profile=branch")
public class SessionCreateCommand extends CreateCommand {
    @Argument(index = 0, name = "tunnel", description = "The tunnel's name or our id of it", required = true)
    @Completion(TunnelCompleter.class)
    String tunnel;

    @Argument(index = 1, name = "name", description = "The session's name, of your choice", required = true)
    @Completion(NewNameCompleter.class)
    String name;

    @Argument(index = 2, name = "parameter=value", description = "What to set; a password given as ? is asked for"
            + " without being shown", multiValued = true)
    @Completion(SessionParameterCompleter.class)
    List<String> typed;

    @Override
    protected void run() throws CommandException, AdminException {
        checkName(name, "session");
        TunnelStatus parent = tunnel(tunnel);
        Settings settings = settings(Schema.SESSION, typed);
        L2tpAdmin admin = admin();
        String fullName = admin.createSession(parent.name(), name, settings).fullName();
        String what = "Session \"" + fullName + "\"";
        if (wait <= 0) {
            say(what + " is being placed. l2tp:session-show " + fullName + " follows it.");
            return;
        }
        SessionStatus session = Waiting.until(() -> admin.session(fullName), SessionCreateCommand::settled, atMost())
                .orElseThrow(() -> new CommandException(what + " is gone: l2tp:tunnel-show " + parent.name()
                        + " and log:display may say why."));
        if (session.upSince().isEmpty()) {
            throw notUp(what, ValueTypes.word(session.state()), session.lastCause(), "l2tp:session-show " + fullName);
        }
        say(what + " is up: our id " + session.sessionId() + ", the peer's " + session.peerSessionId()
                + (session.interfaceName().isEmpty() ? "." : ", interface " + session.interfaceName() + "."));
    }

    /** Up means that packets can pass, not only that the call is there. */
    private static boolean settled(SessionStatus session) {
        return session.upSince().isPresent() || session.state() == SessionState.RETRY
                || session.state() == SessionState.DOWN;
    }
}
