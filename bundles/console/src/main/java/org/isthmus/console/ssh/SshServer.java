package org.isthmus.console.ssh;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Properties;

import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.isthmus.console.Services;

/**
 * The SSH server: a feature that is off until there is a key, so that nobody finds an open door with a default lock.
 *
 * @param services where Karaf's features service is
 * @param etc      the directory with org.apache.karaf.shell.cfg, or null if it is not known
 */
public record SshServer(Services services, Path etc) {
    static final String FEATURE = "l2tp-ssh";

    /** Sees to it that the server runs, and says what was done. */
    public String switchOn() {
        try {
            return services.find(FeaturesService.class).map(SshServer::install).orElse(byHand("there is no features service"));
        } catch (NoClassDefFoundError withoutFeatures) {
            return byHand("there is no features service");
        }
    }

    private static String install(FeaturesService features) {
        try {
            Feature feature = features.getFeature(FEATURE);
            if (feature == null) {
                return byHand("there is no feature " + FEATURE);
            }
            if (features.isInstalled(feature)) {
                return "The SSH server is on.";
            }
            features.installFeature(FEATURE, EnumSet.of(FeaturesService.Option.NoAutoRefreshBundles));
            return "The SSH server was switched on (feature " + FEATURE + "); it stays on.";
        } catch (Exception failed) {
            return byHand(failed.getMessage());
        }
    }

    private static String byHand(String why) {
        return "The SSH server was not switched on: " + why + ". feature:install " + FEATURE + " switches it on where"
                + " it is part of the appliance.";
    }

    /** How to log in: {@code ssh -p 8101 alice@127.0.0.1}. */
    public String command(String user) {
        Properties settings = new Properties();
        if (etc != null) {
            try (Reader reader = Files.newBufferedReader(etc.resolve("org.apache.karaf.shell.cfg"))) {
                settings.load(reader);
            } catch (IOException defaultsHold) {
                settings.clear();
            }
        }
        String host = settings.getProperty("sshHost", "127.0.0.1").strip();
        return "ssh -p " + settings.getProperty("sshPort", "8101").strip() + " " + user + "@"
                + (host.equals("0.0.0.0") ? "this-host" : host);
    }
}
