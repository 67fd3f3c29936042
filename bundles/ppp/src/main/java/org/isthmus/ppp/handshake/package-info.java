/**
 * The packets of PAP (RFC 1334) and CHAP (RFC 1994, 2433, 2759) and who says what when: the authenticator's side,
 * which demands a proof and has it judged elsewhere, and the client's side, which gives it.
 */
package org.isthmus.ppp.handshake;
