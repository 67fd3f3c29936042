/** What people and programs ask of the engine, and its life as a component. */
package org.isthmus.core.admin;
