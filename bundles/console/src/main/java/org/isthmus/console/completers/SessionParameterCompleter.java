package org.isthmus.console.completers;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.isthmus.api.config.Schema;

/** Parameters of a session. */
@Service
public class SessionParameterCompleter extends ParameterCompleter {
    public SessionParameterCompleter() {
        super(Schema.SESSION);
    }
}
