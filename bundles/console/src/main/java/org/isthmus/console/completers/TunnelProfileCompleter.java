package org.isthmus.console.completers;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.isthmus.api.config.Schema;

/** Names of tunnel profiles. */
@Service
public class TunnelProfileCompleter extends BlockCompleter {
    public TunnelProfileCompleter() {
        super(Schema.TUNNEL_PROFILE);
    }
}
