package org.isthmus.examples.sitetags;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.isthmus.api.quirk.Message;
import org.isthmus.api.quirk.Peer;
import org.isthmus.api.quirk.Quirk;
import org.isthmus.api.quirk.VendorAvp;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells peers in which site and rack we are, by an AVP of a vendor in SCCRQ, SCCRP and ICRQ, and writes into the log where they are. Needs
 * etc/org.isthmus.examples.sitetags.cfg:
 *
 * <pre>
 * site      = ams1
 * rack      = 12
 * vendor_id = 32473       SMI enterprise code; that of examples (RFC 5612) if nothing is said
 * peers     = .*          which host names it is about, a regular expression; all if nothing is said
 * </pre>
 */
@Component(configurationPid = "org.isthmus.examples.sitetags",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class SiteTags implements Quirk {
    private static final Logger LOG = LoggerFactory.getLogger(SiteTags.class);
    private static final int TUNNELS_REMEMBERED = 10_000;
    private static final List<String> CARRIERS = List.of("SCCRQ", "SCCRP", "ICRQ");

    private final int vendorId;
    private final List<VendorAvp> ours;
    private final Pattern peers;
    /** What was last heard, by tunnel: it is told when it is new. */
    private final Map<String, SiteTag> heard = new ConcurrentHashMap<>();

    @Activate
    public SiteTags(Map<String, Object> configuration) {
        vendorId = number(configuration, "vendor_id", "32473");
        ours = List.of(new SiteTag(text(configuration, "site", ""), number(configuration, "rack", "0")).toAvp(vendorId));
        peers = Pattern.compile(text(configuration, "peers", ".*"));
    }

    private static String text(Map<String, Object> configuration, String name, String otherwise) {
        return String.valueOf(configuration.getOrDefault(name, otherwise)).strip();
    }

    private static int number(Map<String, Object> configuration, String name, String otherwise) {
        return Integer.parseInt(text(configuration, name, otherwise));
    }

    @Override
    public String name() {
        return "site-tags";
    }

    /** Before it has said who it is, a peer is taken for one of ours, so that our SCCRQ has the tag. */
    @Override
    public boolean fits(Peer peer) {
        return peer.hostName().isEmpty() || peers.matcher(peer.hostName()).matches();
    }

    @Override
    public boolean understands(int vendor, int attribute) {
        return vendor == vendorId && attribute == SiteTag.ATTRIBUTE;
    }

    @Override
    public List<VendorAvp> added(Message message) {
        return CARRIERS.contains(message.type()) ? ours : List.of();
    }

    @Override
    public void received(Message message, List<VendorAvp> avps) {
        for (VendorAvp avp : avps) {
            SiteTag.of(avp, vendorId).filter(tag -> isNew(message.tunnel(), tag))
                    .ifPresent(tag -> LOG.info("tunnel {}: {} is at {}", message.tunnel(), message.peer().hostName(), tag));
        }
    }

    private boolean isNew(String tunnel, SiteTag tag) {
        if (heard.size() >= TUNNELS_REMEMBERED) {
            heard.clear(); // anybody may ask for a tunnel
        }
        return !tag.equals(heard.put(tunnel, tag));
    }
}
