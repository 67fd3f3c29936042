/** Reads l2tpd.conf. */
package org.isthmus.config;
