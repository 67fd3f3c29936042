/**
 * L2TP without input or output of its own (RFC 2661 and RFC 3931).
 *
 * <p>{@code wire} turns octets into messages and back, {@code channel} is the reliable control channel,
 * {@code tunnel} is the control connection with its sessions. Bytes and the time go in; bytes, the next
 * deadline and events come out. There is no thread, socket, clock, random source or logger in here.
 */
package org.isthmus.protocol;
