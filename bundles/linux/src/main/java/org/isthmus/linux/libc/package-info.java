/** The C library as it is: bound calls, struct layouts and raw memory. Private to this bundle. */
package org.isthmus.linux.libc;
