/** How answers look: tables, lists of fields, JSON, and the words for times, sizes and addresses. */
package org.isthmus.console.text;
