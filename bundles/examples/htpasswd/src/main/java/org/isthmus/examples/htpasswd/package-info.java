/** An authenticator. First to read: {@link org.isthmus.examples.htpasswd.HtpasswdAuthenticator}. */
package org.isthmus.examples.htpasswd;
