package org.isthmus.console.completers;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.isthmus.api.config.Schema;

/** Names of PPP profiles. */
@Service
public class PppProfileCompleter extends BlockCompleter {
    public PppProfileCompleter() {
        super(Schema.PPP_PROFILE);
    }
}
