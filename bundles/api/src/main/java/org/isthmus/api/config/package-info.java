/**
 * What an operator can say: the schema of every block and parameter, the values, and the desired state.
 * The parser of l2tpd.conf, its error messages, the console's completion and the reference manual all come from
 * {@link org.isthmus.api.config.Schema}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.4.0")
package org.isthmus.api.config;
