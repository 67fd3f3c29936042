package org.isthmus.api.dataplane;

import org.isthmus.api.config.InterfaceMode;

/**
 * What holds for a data plane as a whole.
 *
 * @param interfaceMode   one interface for all PPP sessions, or one for each
 * @param sharedInterface the name of the shared one
 */
public record DataplaneSettings(InterfaceMode interfaceMode, String sharedInterface) {
}
