/**
 * Authentication of PPP: what a peer claims ({@link org.isthmus.ppp.auth.AuthenticationAttempt}), what is decided
 * ({@link org.isthmus.ppp.auth.AuthenticationVerdict}), and the pure functions that judge a claim by a clear-text
 * password ({@link org.isthmus.ppp.auth.Verifier}).
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.2.0")
package org.isthmus.ppp.auth;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
