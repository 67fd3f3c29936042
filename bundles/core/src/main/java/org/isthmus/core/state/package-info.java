/**
 * What outlives a failure of the process: tunnels and sessions on disk, one file for each tunnel, in an encoding that older and
 * newer versions read too. First to read: {@link org.isthmus.core.state.SavedTunnel}. Private to this bundle.
 */
package org.isthmus.core.state;
