package org.isthmus.api.ppp;

import java.util.List;

import org.isthmus.api.config.UserSecret;

/**
 * What holds for all sessions of a provider.
 *
 * @param startsPerSecond the most that begin in a second; 0 for any number
 * @param startsAtOnce    the most that have begun and in which no packets pass yet; 0 for any number
 * @param users           who may come in, for a provider that judges users itself
 */
public record PppProviderSettings(int startsPerSecond, int startsAtOnce, List<UserSecret> users) {
    public PppProviderSettings {
        users = List.copyOf(users);
    }
}
