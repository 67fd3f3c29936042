/**
 * What an unknown peer may use up before it has shown anything: rates, and places for tunnels that are not yet up.
 * First to read: {@link org.isthmus.core.admission.FrontDoor}.
 */
package org.isthmus.core.admission;
