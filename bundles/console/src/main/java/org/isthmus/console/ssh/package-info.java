/** Who may log in over SSH: public keys in etc/keys.properties, and the feature that is the server. */
package org.isthmus.console.ssh;
