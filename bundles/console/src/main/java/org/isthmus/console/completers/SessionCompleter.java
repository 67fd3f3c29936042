package org.isthmus.console.completers;

import java.util.List;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.SessionStatus;

/** Sessions, as tunnel/session or by id. */
@Service
public class SessionCompleter extends WordCompleter {

    @Override
    List<String> words(String typed, CommandLine line) {
        List<SessionStatus> sessions = admin().stream().map(L2tpAdmin::sessions).flatMap(List::stream).toList();
        return namesOrIds(typed, sessions.stream().map(SessionStatus::fullName).toList(),
                sessions.stream().map(SessionStatus::sessionId).toList());
    }
}
