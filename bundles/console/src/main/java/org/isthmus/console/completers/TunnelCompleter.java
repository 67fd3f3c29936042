package org.isthmus.console.completers;

import java.util.List;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.TunnelStatus;

/** Tunnels, by name or id. */
@Service
public class TunnelCompleter extends WordCompleter {

    @Override
    List<String> words(String typed, CommandLine line) {
        List<TunnelStatus> tunnels = admin().stream().map(L2tpAdmin::tunnels).flatMap(List::stream).toList();
        return namesOrIds(typed, tunnels.stream().map(TunnelStatus::name).toList(),
                tunnels.stream().map(TunnelStatus::tunnelId).toList());
    }
}
