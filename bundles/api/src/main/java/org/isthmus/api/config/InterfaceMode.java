package org.isthmus.api.config;

/** How PPP sessions appear in the system on the userspace data plane. */
public enum InterfaceMode {
    /** One TUN interface carries them all, with a route for each. */
    SHARED,
    /** Each has an interface of its own. */
    PER_SESSION
}
