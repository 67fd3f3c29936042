/**
 * Ctrl-C, for an appliance that runs in the foreground: the framework is stopped in order, so that peers get their StopCCN.
 */
package org.isthmus.foreground;
