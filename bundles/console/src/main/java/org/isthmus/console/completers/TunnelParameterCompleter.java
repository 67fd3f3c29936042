package org.isthmus.console.completers;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.isthmus.api.config.Schema;

/** Parameters of a tunnel. */
@Service
public class TunnelParameterCompleter extends ParameterCompleter {
    public TunnelParameterCompleter() {
        super(Schema.TUNNEL);
    }
}
