package org.isthmus.console.completers;

import java.util.List;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** A name that somebody makes up: whatever was typed is right, and TAB goes on to what follows. */
@Service
public class NewNameCompleter extends WordCompleter {

    @Override
    List<String> words(String typed, CommandLine line) {
        return typed.isEmpty() ? List.of() : List.of(typed + " ");
    }
}
