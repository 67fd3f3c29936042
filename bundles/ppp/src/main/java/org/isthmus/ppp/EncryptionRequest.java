package org.isthmus.ppp;

import org.isthmus.ppp.mppe.StartKeys;

/** A link's question whether packets can be encrypted. Each is an object of its own: an answer to an older one is ignored. */
public final class EncryptionRequest {
    private final StartKeys keys;

    EncryptionRequest(StartKeys keys) {
        this.keys = keys;
    }

    /** What both directions start from, whatever strength is agreed on. */
    public StartKeys keys() {
        return keys;
    }
}
