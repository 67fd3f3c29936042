/**
 * The l2tp commands of the Karaf console, one class each. First to read: {@link org.isthmus.console.L2tpCommand} and
 * {@link org.isthmus.console.ShowCommand}. A command prints its answer and returns nothing; it ends in a
 * {@code CommandException} when it cannot do what it was asked, so that {@code ssh host command} exits with 1.
 */
package org.isthmus.console;
