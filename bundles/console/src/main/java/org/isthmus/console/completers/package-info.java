/** What TAB offers. A completer never fails: without an engine it offers nothing. */
package org.isthmus.console.completers;
