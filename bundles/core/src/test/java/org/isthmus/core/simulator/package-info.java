/**
 * Whole engines under virtual time: several of them in one thread, on a network of the test's own that loses, delays,
 * doubles and parts as the test says, everything decided by a seed. First to read: {@link World}, {@link Appliance}.
 */
package org.isthmus.core.simulator;
