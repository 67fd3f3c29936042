/** The engine. */
package org.isthmus.core;
