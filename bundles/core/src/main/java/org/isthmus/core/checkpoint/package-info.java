/**
 * What one version of this bundle leaves for the next, all of the engine at one moment: plain records, written by
 * {@link org.isthmus.handover.fields.Records}. Their components are a format that other versions read: new ones go behind the last,
 * none is taken away or moved. docs/hot-upgrade.md has the whole. First to read:
 * {@link org.isthmus.core.checkpoint.EngineCheckpoint}. Private to this bundle.
 */
package org.isthmus.core.checkpoint;
