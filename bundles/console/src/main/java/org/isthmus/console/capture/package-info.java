/** Datagrams of a traced tunnel, as lines for people and as a file for protocol analysers. */
package org.isthmus.console.capture;
