package org.isthmus.api.config;

/** Whether packets in PPP are encrypted with MPPE (RFC 3078). */
public enum MppeUse { OFF, REQUIRE }
