package org.isthmus.ppp.proxy;

import java.util.List;
import java.util.Optional;
import org.isthmus.ppp.AuthConfig;
import org.isthmus.ppp.PppConfig;
import org.isthmus.ppp.auth.AuthenticationProtocol;
import org.isthmus.ppp.auth.CollectedProof;
import org.isthmus.ppp.handshake.ChapAuthenticator;
import org.isthmus.ppp.lcp.LcpOptions;

/**
 * Decides whether a link can go on from what another end reports. Values that are missing, cannot be read or do not fit
 * together are never used; what is not to the profile's liking is used only when that is forced. Pure; hostile values
 * never throw.
 */
public final class ProxyJudge {
    private static final int LEAST_MRU = 128;
    /** What every end must be able to take, RFC 1661 section 6.1. */
    private static final int USUAL_MRU = 1500;

    private final ProxyValues values;
    private final PppConfig config;
    private final boolean force;

    private ProxyJudge(ProxyValues values, PppConfig config, boolean force) {
        this.values = values;
        this.config = config;
        this.force = force;
    }

    /**
     * @param values what the other end reports
     * @param config what this end would have negotiated
     * @param force  use them whatever the configuration says
     */
    public static ProxyStart judge(ProxyValues values, PppConfig config, boolean force) {
        try {
            return new ProxyJudge(values, config, force).judge();
        } catch (Unusable unusable) {
            return new ProxyStart.Refused(unusable.getMessage());
        }
    }

    /** Why they cannot be used; never leaves this class. */
    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String why) {
            super(why, null, false, false);
        }
    }

    private ProxyStart judge() throws Unusable {
        LcpOptions ours = read("Last Sent LCP CONFREQ", values.lastSent());
        LcpOptions peers = read("Last Received LCP CONFREQ",
                force ? values.lastReceived().or(values::initialReceived) : values.lastReceived());
        demand(ours.magic() == 0 || ours.magic() != peers.magic(), "both ends have the same magic number");
        demand(!peers.demandsAuthentication(), "the peer demands that we authenticate");
        demand(peers.mru() >= LEAST_MRU && ours.mru() >= LEAST_MRU, "an MRU is below " + LEAST_MRU);
        demand(!ours.demandsAuthentication() || ours.authentication().isPresent(),
                "the peer was asked for a proof that cannot be judged here: " + ours.words());
        prefer(ours.mru() <= Math.max(USUAL_MRU, config.link().mru()), "the peer was told MRU " + ours.mru()
                + ", and ours is " + config.link().mru());
        prefer(ours.unknown().isEmpty(), "the peer was asked for " + ours.unknown());
        prefer(peers.unknown().isEmpty(), "the peer was granted " + peers.unknown());
        return new ProxyStart.Taken(ours.octets(), peers.octets(), proof(ours.authentication()));
    }

    private static LcpOptions read(String name, Optional<byte[]> octets) throws Unusable {
        if (octets.isEmpty()) {
            throw new Unusable("there is no " + name);
        }
        return LcpOptions.read(octets.get()).orElseThrow(() -> new Unusable(name + " cannot be read"));
    }

    private Optional<CollectedProof> proof(Optional<AuthenticationProtocol> asked) throws Unusable {
        int type = values.type().orElse(ProxyValues.NO_AUTHENTICATION);
        return switch (type) {
            case 0, ProxyValues.NO_AUTHENTICATION -> {
                allowed(asked);
                yield Optional.empty();
            }
            case ProxyValues.TEXT -> {
                demand(asked.isEmpty(), "a typed password and " + label(asked) + " at once");
                allowed(Optional.of(AuthenticationProtocol.PAP));
                yield Optional.of(pap(false));
            }
            case ProxyValues.PAP -> {
                demand(asked.equals(Optional.of(AuthenticationProtocol.PAP)),
                        "a proof by PAP, but the peer was asked for " + label(asked));
                allowed(asked);
                yield Optional.of(pap(true));
            }
            // Some use a number of their own for MS-CHAPv2; which method it is, our own request says.
            default -> Optional.of(chap(type, asked));
        };
    }

    private CollectedProof pap(boolean inPpp) throws Unusable {
        demand(values.name().length > 0, "there is no Proxy Authen Name");
        demand(values.name().length <= 255 && values.response().length <= 255, "a name or password is too long");
        demand(!inPpp || values.id().isPresent(), "there is no Proxy Authen ID");
        return CollectedProof.pap(values.name(), id(), values.response(), inPpp);
    }

    private CollectedProof chap(int type, Optional<AuthenticationProtocol> asked) throws Unusable {
        demand(asked.isPresent() && asked.get() != AuthenticationProtocol.PAP
                && (type != ProxyValues.MSCHAP_V1 || asked.get() == AuthenticationProtocol.MSCHAP_V1),
                "a proof of type " + type + ", but the peer was asked for " + label(asked));
        allowed(asked);
        demand(values.name().length > 0 && values.name().length <= 255, "there is no usable Proxy Authen Name");
        demand(values.id().isPresent(), "there is no Proxy Authen ID");
        demand(values.challenge().length > 0 && values.challenge().length <= 255,
                "there is no usable Proxy Authen Challenge");
        return ChapAuthenticator.collected(asked.get(), values.name(), id(), values.challenge(), values.response())
                .orElseThrow(() -> new Unusable("challenge or response are not those of " + label(asked)));
    }

    private int id() {
        return values.id().orElse(0) & 0xff;
    }

    private void allowed(Optional<AuthenticationProtocol> asked) throws Unusable {
        AuthConfig auth = config.auth();
        List<AuthenticationProtocol> wanted = auth.demanded();
        prefer(asked.map(wanted::contains).orElse(wanted.isEmpty() || auth.peerMayRefuse()),
                "the peer was asked for " + label(asked) + ", which the ppp profile does not ask for");
    }

    private static String label(Optional<AuthenticationProtocol> protocol) {
        return protocol.map(AuthenticationProtocol::label).orElse("no proof");
    }

    private static void demand(boolean fulfilled, String otherwise) throws Unusable {
        if (!fulfilled) {
            throw new Unusable(otherwise);
        }
    }

    private void prefer(boolean fulfilled, String otherwise) throws Unusable {
        demand(fulfilled || force, otherwise);
    }
}
