/**
 * What the engine needs of the network: UDP ports and IP protocol 115, arrivals, paths to peers. Linux stands behind it in the appliance,
 * a network of the test's own in the simulator.
 */
package org.isthmus.core.net;
