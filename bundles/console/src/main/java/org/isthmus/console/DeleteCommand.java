package org.isthmus.console;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.CommandException;

/** Takes something down, and waits a little for the peer's word. */
abstract class DeleteCommand extends L2tpCommand {
    private static final long PATIENCE_SECONDS = 3;

    @Option(name = "-r", aliases = "--reason", description = "Told to the peer")
    String reason = "Administrative request";

    /** Prints what became of it. */
    protected static void await(String what, CompletionStage<Void> deleted) throws CommandException {
        try {
            deleted.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            say(what + " is deleted.");
        } catch (TimeoutException peerIsSilent) {
            say(what + " is down. The peer has not acknowledged it yet; it is told again until it does,"
                    + " or until the retries end.");
        } catch (InterruptedException stopped) {
            throw new CommandException("Stopped waiting. " + what + " goes down all the same.", stopped);
        } catch (ExecutionException failed) {
            throw new CommandException(what + " could not be deleted: " + failed.getCause().getMessage(), failed);
        }
    }
}
