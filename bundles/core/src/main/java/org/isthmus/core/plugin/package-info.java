/**
 * What is plugged into the engine: whose it is, how its calls went, and that none of them costs a tunnel. First to read:
 * {@link org.isthmus.core.plugin.PluginBook}.
 */
package org.isthmus.core.plugin;
