/** How large packets may be on their way to a peer: the search for it, from time and answers alone, without a network of its own. */
package org.isthmus.core.mtu;
