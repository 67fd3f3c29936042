/** Address pools. */
package org.isthmus.ippool;
