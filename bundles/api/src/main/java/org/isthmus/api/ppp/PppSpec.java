package org.isthmus.api.ppp;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.Optional;

import org.isthmus.api.config.Secret;
import org.isthmus.api.config.Settings;

/**
 * A session, as its PPP must know it. Its {@code toString} shows no secret.
 *
 * @param session       its name, {@code tunnel/session}, for messages
 * @param tunnelId      our tunnel id
 * @param sessionId     our session id
 * @param socket        the connected PPPoX socket on which the kernel hears and speaks PPP frames; the data path keeps owning it
 * @param settings      the ppp profile, {@link org.isthmus.api.config.PppParameters}
 * @param demandsProof  whether the peer must say who it is
 * @param ourName       our name towards the peer
 * @param login         what we show when the peer wants to know who we are
 * @param local         our address, if it is known
 * @param remote        the peer's address, if it is ours to give
 * @param mtu           the largest packet that fits the tunnel, in bytes
 * @param interfaceName the name of the interface, or empty
 * @param idleTimeout   how long there may be no packet before the session ends; zero for any time
 */
public record PppSpec(String session, int tunnelId, int sessionId, int socket, Settings settings, boolean demandsProof,
        String ourName, Optional<Login> login, Optional<Inet4Address> local, Optional<Inet4Address> remote, int mtu,
        String interfaceName, Duration idleTimeout) {

    /**
     * A name and its password.
     *
     * @param user     our PPP name
     * @param password our password
     */
    public record Login(String user, Secret password) {
    }
}
