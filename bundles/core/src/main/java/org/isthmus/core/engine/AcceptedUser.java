package org.isthmus.core.engine;

import org.isthmus.api.auth.AuthVerdict;

/**
 * Who is at the other end, once it is known.
 *
 * @param name  the PPP user, empty if nobody asked
 * @param grant what it gets beyond its profile
 */
record AcceptedUser(String name, AuthVerdict.Grant grant) {
    static final AcceptedUser NOBODY = new AcceptedUser("", AuthVerdict.Grant.NOTHING);
}
