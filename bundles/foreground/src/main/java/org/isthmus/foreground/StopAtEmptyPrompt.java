package org.isthmus.foreground;

import org.apache.karaf.shell.api.console.Session;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C at the empty prompt of the local console stops the appliance, as in any foreground process. With something typed it
 * clears the line, while a command runs it interrupts the command: both are what the console does by itself.
 *
 * <p>The line reader takes SIGINT for itself each time it starts to read, so the place to step in between is the widget that
 * it calls right after that.
 */
@Component(service = {}, immediate = true)
public final class StopAtEmptyPrompt {

    private static final Logger LOG = LoggerFactory.getLogger(StopAtEmptyPrompt.class);

    private final BundleContext context;

    @Activate
    public StopAtEmptyPrompt(BundleContext context) {
        this.context = context;
    }

    /** The local console: of all sessions Karaf registers only that one as a service, and none in server mode. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setConsole(Session console) {
        if (console.get(".jline.reader") instanceof LineReader reader) {
            reader.getWidgets().put(LineReader.CALLBACK_INIT, () -> stepIn(reader));
        }
    }

    void unsetConsole(Session console) {
        // It is going, and its reader with it.
    }

    private boolean stepIn(LineReader reader) {
        Terminal.SignalHandler[] usual = new Terminal.SignalHandler[1];
        usual[0] = reader.getTerminal().handle(Terminal.Signal.INT, signal -> {
            if (reader.getBuffer().length() == 0) {
                stop(reader);
            } else {
                usual[0].handle(signal);
            }
        });
        return true;
    }

    private void stop(LineReader reader) {
        reader.printAbove("Stopping ...");
        try {
            context.getBundle(0).stop();
        } catch (BundleException e) {
            LOG.error("Ctrl-C could not stop the appliance: {}", e.getMessage());
        }
    }
}
