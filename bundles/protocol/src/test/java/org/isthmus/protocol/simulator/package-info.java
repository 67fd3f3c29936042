/**
 * Several protocol engines in one thread under virtual time, with a network between them that loses, delays, reorders,
 * duplicates, corrupts and parts, and hosts that crash: all from one seed, so that every run can be repeated.
 *
 * <p>Start with {@link org.isthmus.protocol.simulator.World}.
 */
package org.isthmus.protocol.simulator;
