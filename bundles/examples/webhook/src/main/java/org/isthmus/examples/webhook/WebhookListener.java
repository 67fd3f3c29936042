package org.isthmus.examples.webhook;

import java.net.URI;
import java.util.Map;

import org.isthmus.api.L2tpEvent;
import org.isthmus.api.L2tpListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Posts each event as a JSON object to the {@code url} of etc/org.isthmus.examples.webhook.cfg. The engine's thread for listeners only
 * puts it into a queue.
 */
@Component(configurationPid = "org.isthmus.examples.webhook", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class WebhookListener implements L2tpListener {
    private final Poster poster;

    @Activate
    public WebhookListener(Map<String, Object> configuration) {
        this(new Poster(url(String.valueOf(configuration.getOrDefault("url", "")).strip()), Poster.Limits.USUAL));
    }

    WebhookListener(Poster poster) {
        this.poster = poster;
    }

    private static URI url(String text) {
        URI url = URI.create(text);
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw new IllegalArgumentException("url in etc/org.isthmus.examples.webhook.cfg is \"" + text + "\", not http:// or https://");
        }
        return url;
    }

    @Deactivate
    void close() {
        poster.close();
    }

    @Override
    public void happened(L2tpEvent event) {
        poster.post(EventJson.of(event));
    }
}
