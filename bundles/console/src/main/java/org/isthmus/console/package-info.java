/** The l2tp commands. */
package org.isthmus.console;
