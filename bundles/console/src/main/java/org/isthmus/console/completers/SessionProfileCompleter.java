package org.isthmus.console.completers;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.isthmus.api.config.Schema;

/** Names of session profiles. */
@Service
public class SessionProfileCompleter extends BlockCompleter {
    public SessionProfileCompleter() {
        super(Schema.SESSION_PROFILE);
    }
}
