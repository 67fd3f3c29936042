package org.isthmus.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.isthmus.api.config.ApplyReport;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.DesiredState;
import org.isthmus.api.config.Settings;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What people and programs ask of the engine. Any thread may call; answers are immutable snapshots. Nothing here
 * waits for a peer: an operation answers when the engine has taken it on, the rest is told by events.
 */
@ProviderType
public interface L2tpAdmin {

    SystemStatus system();

    /** All tunnels, by name. Those that are configured but down are among them. */
    List<TunnelStatus> tunnels();

    /** A tunnel by name or by our id. */
    Optional<TunnelStatus> tunnel(String nameOrId);

    /** All sessions, by tunnel and name. */
    List<SessionStatus> sessions();

    /** A session by {@code tunnel/session}, names or ids, or by its name or id alone where that is unique. */
    Optional<SessionStatus> session(String nameOrId);

    /** The LNSes that calls are switched to, by switch and preference. */
    List<SwitchStatus> switches();

    /** What is plugged into the engine, by kind and name. */
    List<PluginStatus> plugins();

    /** The blocks in force, of every source: profiles, pools, tunnels with their sessions. */
    List<Block> blocks();

    /**
     * What a source says should exist replaces what it said before; the engine makes the difference true. A state
     * with a problem changes nothing.
     */
    ApplyReport apply(DesiredState state);

    /** What {@link #apply} would do. */
    ApplyReport preview(DesiredState state);

    /**
     * Makes a tunnel that lives until it is deleted or the appliance stops.
     *
     * @param tunnel settings of {@link org.isthmus.api.config.Schema#TUNNEL}
     * @throws AdminException if the name is taken, a setting is wrong or a limit is reached
     */
    TunnelStatus createTunnel(String name, Settings tunnel) throws AdminException;

    /**
     * Makes a session in a tunnel of ours, placed at once or when the tunnel comes up.
     *
     * @param tunnel  the tunnel's name or id
     * @param session settings of {@link org.isthmus.api.config.Schema#SESSION}
     * @throws AdminException if there is no such tunnel, the name is taken, a setting is wrong or a limit is reached
     */
    SessionStatus createSession(String tunnel, String name, Settings session) throws AdminException;

    /**
     * Takes a tunnel and its sessions down and forgets it. One that the file asks for comes back when the file is
     * next applied with a change to it, or by {@code reload}.
     *
     * @param nameOrId the tunnel
     * @param reason   told to the peer
     * @return completes when the peer has acknowledged, or the retries ended
     * @throws AdminException if there is no such tunnel
     */
    CompletionStage<Void> deleteTunnel(String nameOrId, String reason) throws AdminException;

    /** The same for a session. */
    CompletionStage<Void> deleteSession(String nameOrId, String reason) throws AdminException;

    /**
     * Begins to trace a tunnel. It is followed by its name, over as many times as it goes down and comes up again, until
     * the trace is closed.
     *
     * @param nameOrId the tunnel
     * @param withData data packets too, with what users send in them; otherwise control messages alone
     * @throws AdminException if there is no such tunnel
     */
    TunnelTrace trace(String nameOrId, boolean withData) throws AdminException;

    /**
     * Sends a HELLO in each tunnel that is established. Whether its peer is there shows in the tunnel's counters: {@code peer_nr} is
     * equal to {@code ns} once it has acknowledged everything.
     */
    void hello();

    /** Refuses new tunnels, or takes them again; overrides {@code drain_tunnels} until the file is next applied. */
    void drain(boolean draining);

    /**
     * Ends the process in a moment, without a word to peers, and has it started again: tunnels and sessions go on in the next one.
     *
     * @throws AdminException if nobody would start it again and keep what is open meanwhile
     */
    void restart() throws AdminException;

    /** Sets the counters that {@link SystemStatus#counters} shows back to zero. */
    void resetCounters();
}
