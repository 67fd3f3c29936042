package org.isthmus.console;

import java.util.List;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.AdminException;
import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.TunnelState;
import org.isthmus.api.TunnelStatus;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.TunnelParameters;
import org.isthmus.api.config.ValueTypes;
import org.isthmus.console.completers.NewNameCompleter;
import org.isthmus.console.completers.TunnelParameterCompleter;

/** Opens a tunnel. */
@Service
@Command(scope = "l2tp", name = "tunnel-create", description = "Opens a tunnel, which lives until it is deleted or the appliance stops",
        detailedDescription = "The parameters are those of a tunnel block in l2tpd.conf; TAB completes them, and"
                + " l2tp:config-help tunnel explains them. One that should be there after a restart belongs in"
                + " l2tpd.conf.\n\nExample:\n"
                + "  l2tp:tunnel-create office peer=192.0.2.1\n"
                + "  l2tp:tunnel-create office peer=lns.example.net:1701 auth_mode=challenge secret=? persist=true\n"
                + "  l2tp:tunnel-create office peer=\"[2001:db8::1]:1701\" profile=branch --wait 10")
public class TunnelCreateCommand extends CreateCommand {
    @Argument(index = 0, name = "name", description = "The tunnel's name, of your choice", required = true)
    @Completion(NewNameCompleter.class)
    String name;

    @Argument(index = 1, name = "parameter=value", description = "What to set; a secret given as ? is asked for without"
            + " being shown", required = true, multiValued = true)
    @Completion(TunnelParameterCompleter.class)
    List<String> typed;

    @Override
    protected void run() throws CommandException, AdminException {
        checkName(name, "tunnel");
        Settings settings = settings(Schema.TUNNEL, typed);
        L2tpAdmin admin = admin();
        TunnelStatus tunnel = admin.createTunnel(name, settings);
        String what = "Tunnel \"" + tunnel.name() + "\"";
        if (wait <= 0) {
            say(what + " is being opened to " + settings.get(TunnelParameters.PEER)
                    + ". l2tp:tunnel-show " + tunnel.name() + " follows it.");
            return;
        }
        tunnel = Waiting.until(() -> admin.tunnel(name), TunnelCreateCommand::settled, atMost())
                .orElseThrow(() -> new CommandException(what + " was deleted by somebody else."));
        if (tunnel.state() != TunnelState.ESTABLISHED) {
            throw notUp(what, ValueTypes.word(tunnel.state()), tunnel.lastCause(), "l2tp:tunnel-show " + name);
        }
        say(what + " is up: our id " + tunnel.tunnelId() + ", the peer's " + tunnel.peerTunnelId() + ".");
    }

    private static boolean settled(TunnelStatus tunnel) {
        return switch (tunnel.state()) {
            case ESTABLISHED, RETRY, DOWN -> true;
            case IDLE, WAIT_CTL_REPLY, WAIT_CTL_CONN, RECOVERING, CLOSING -> false;
        };
    }
}
