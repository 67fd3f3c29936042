package org.isthmus.console.completers;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.isthmus.api.config.Schema;

/** Names of peer profiles. */
@Service
public class PeerProfileCompleter extends BlockCompleter {
    public PeerProfileCompleter() {
        super(Schema.PEER_PROFILE);
    }
}
