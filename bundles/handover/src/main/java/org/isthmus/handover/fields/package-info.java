/**
 * The one encoding of what outlives a bundle or the process. Older and newer versions read it too: a field has a number that
 * never means anything else, unknown ones are skipped, those that are missing have a default. First to read:
 * {@link org.isthmus.handover.fields.FieldWriter}, then {@link org.isthmus.handover.fields.Records}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.isthmus.handover.fields;
