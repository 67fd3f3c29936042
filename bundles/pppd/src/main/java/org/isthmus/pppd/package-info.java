/**
 * Runs PPP in the system's pppd: {@code ppp_provider pppd}. First to read: {@link org.isthmus.pppd.Launcher}, and
 * {@link org.isthmus.pppd.OptionsFile} for what pppd is told.
 */
package org.isthmus.pppd;
