/** The network control protocols: IPCP (RFC 1332, 1877) and IPV6CP (RFC 5072). */
package org.isthmus.ppp.ncp;
