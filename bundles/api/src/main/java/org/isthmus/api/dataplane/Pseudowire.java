package org.isthmus.api.dataplane;

/** What a session carries. */
public sealed interface Pseudowire permits PppPseudowire, EthernetPseudowire, VlanPseudowire {
}
