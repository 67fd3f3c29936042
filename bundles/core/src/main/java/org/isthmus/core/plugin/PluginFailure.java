package org.isthmus.core.plugin;

/** A plugin threw. It is logged and counted as that plugin's already; the message is that of what it threw. */
public final class PluginFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PluginFailure(Throwable thrown) {
        super(CallRecord.text(thrown), thrown);
    }
}
