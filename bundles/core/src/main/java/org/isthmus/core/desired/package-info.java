/**
 * From what several sources say should exist to what the engine has to do: which values hold for a tunnel or session
 * ({@link org.isthmus.core.desired.Profiles}), and what differs from before
 * ({@link org.isthmus.core.desired.DesiredStates}).
 */
package org.isthmus.core.desired;
