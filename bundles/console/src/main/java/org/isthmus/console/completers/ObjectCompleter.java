package org.isthmus.console.completers;

import java.util.ArrayList;
import java.util.List;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.SessionStatus;
import org.isthmus.api.TunnelStatus;

/** Tunnels and sessions, by name. */
@Service
public class ObjectCompleter extends WordCompleter {

    @Override
    List<String> words(String typed, CommandLine line) {
        List<String> words = new ArrayList<>();
        for (L2tpAdmin admin : admin()) {
            admin.tunnels().stream().map(TunnelStatus::name).forEach(name -> words.add(name + " "));
            admin.sessions().stream().map(SessionStatus::fullName).forEach(name -> words.add(name + " "));
        }
        return words;
    }
}
