/**
 * What the engine writes down as it goes, so that another process can go on where this one was killed: docs/hot-upgrade.md. The records
 * are those of {@link org.isthmus.core.checkpoint}, one for each tunnel and each session. First to read:
 * {@link org.isthmus.core.journal.Journal}, then {@link org.isthmus.core.journal.Remains}. Private to this bundle.
 */
package org.isthmus.core.journal;
