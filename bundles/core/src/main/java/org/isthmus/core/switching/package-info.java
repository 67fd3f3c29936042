/** Where a call that a LAC brings goes on to: the rules, the LNSes, and which of them are set aside. No network, no thread. */
package org.isthmus.core.switching;
