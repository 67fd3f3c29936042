/** The Compression Control Protocol, RFC 1962, of which only encryption is used. */
package org.isthmus.ppp.ccp;
