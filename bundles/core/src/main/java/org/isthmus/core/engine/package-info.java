/**
 * The engine. One {@link org.isthmus.core.engine.Worker} per core owns a share of the tunnels, with all of their
 * sessions and timers, so that no lock is taken in the protocol's path. First to read: {@code Engine}, then
 * {@code Worker}, {@code LiveTunnel} and {@code LiveSession}.
 */
package org.isthmus.core.engine;
