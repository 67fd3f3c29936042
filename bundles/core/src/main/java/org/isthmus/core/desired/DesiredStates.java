package org.isthmus.core.desired;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.isthmus.api.config.ApplyReport.Problem;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.DesiredState;
import org.isthmus.api.config.Schema;
import org.isthmus.api.config.UserSecret;

/**
 * What each source says should exist: the file, the console, a management call. A new state of one source is first made
 * into a {@link Plan}, which changes nothing; a plan without problems is then committed. A name belongs to the source
 * that said it first. Everything takes time in proportion to the number of blocks, but {@link #add} and {@link #remove}
 * of one tunnel, which take constant time. Not for use by several threads.
 */
public final class DesiredStates {
    private Map<String, Source> sources = new LinkedHashMap<>();
    private Profiles profiles = Profiles.NONE;
    private Claims claims = new Claims();
    private Plan latest;

    /** What one source says. */
    private record Source(Map<String, Block> blocks, List<UserSecret> users) {
        static final Source EMPTY = new Source(Map.of(), List.of());
    }

    /** What it would mean if this state replaced what its source said before. */
    public Plan plan(DesiredState state) {
        List<Problem> problems = new ArrayList<>();
        Source old = sources.getOrDefault(state.source(), Source.EMPTY);
        Source now = new Source(byTitle(state, problems), state.users());
        Map<String, Source> next = new LinkedHashMap<>(sources);
        next.put(state.source(), now);

        Profiles nextProfiles = sameProfiles(old, now) ? profiles : profilesOf(next);
        names(state, now, problems);
        check(next, state.source(), nextProfiles, problems);

        List<UserSecret> users = usersOf(next);
        StateDifference difference = new StateDifference(profiles, nextProfiles);
        difference.source(old.blocks(), now.blocks());
        if (nextProfiles != profiles) {
            sources.forEach((name, source) -> {
                if (!name.equals(state.source())) {
                    difference.source(source.blocks(), source.blocks());
                }
            });
        }
        latest = new Plan(difference.changes(), problems,
                Warnings.of(now.blocks().values(), now.users(), users), nextProfiles, users,
                UserDifference.lines(users(), users), state);
        return latest;
    }

    /**
     * Takes a plan on: from now on its state is what its source says.
     *
     * @throws IllegalStateException if it has problems, or anything was planned or changed since it was made
     */
    public void commit(Plan plan) {
        if (plan != latest || !plan.accepted()) {
            throw new IllegalStateException("the plan has problems or is not the latest");
        }
        latest = null;
        DesiredState state = plan.state();
        sources.put(state.source(), new Source(byTitle(state, new ArrayList<>()), state.users()));
        profiles = plan.profiles();
        claimAll();
    }

    /** What each source says, for another object that goes on. */
    public List<DesiredState> checkpoint() {
        List<DesiredState> states = new ArrayList<>();
        sources.forEach((name, source) -> states.add(new DesiredState(name, List.copyOf(source.blocks().values()), source.users())));
        return states;
    }

    /** Goes on where another object was: what held there is checked no more. */
    public void resume(List<DesiredState> states) {
        latest = null;
        states.forEach(state -> sources.put(state.source(), new Source(byTitle(state, new ArrayList<>()), state.users())));
        profiles = profilesOf(sources);
        claimAll();
    }

    private void claimAll() {
        claims = new Claims();
        sources.values().forEach(source -> source.blocks().values().stream()
                .filter(block -> block.type() == Schema.TUNNEL).forEach(claims::add));
    }

    /** What stands against one more tunnel with its sessions; empty if nothing does. */
    public List<Problem> problemsOf(Block tunnel) {
        List<Problem> problems = new ArrayList<>();
        owner(Schema.TUNNEL, tunnel.name()).ifPresent(owner -> problems.add(taken(tunnel, owner)));
        new Checks(profiles, problems::add).check(tunnel);
        if (problems.isEmpty()) {
            claims.add(tunnel, problems::add);
            claims.remove(tunnel);
        }
        return problems;
    }

    /** What stands against one more session in a tunnel, names and identifiers of other sessions left aside. */
    public List<Problem> problemsOf(Block session, Block tunnel) {
        List<Problem> problems = new ArrayList<>();
        new Checks(profiles, problems::add).session(session, tunnel);
        return problems;
    }

    /**
     * Adds one tunnel to what a source says.
     *
     * @throws IllegalArgumentException if {@link #problemsOf} finds a problem
     */
    public void add(String source, Block tunnel) {
        List<Problem> problems = problemsOf(tunnel);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.get(0).toString());
        }
        latest = null;
        sources.computeIfAbsent(source, name -> new Source(new LinkedHashMap<>(), List.of()))
                .blocks().put(tunnel.title(), tunnel);
        claims.add(tunnel);
    }

    /** Takes one tunnel out of what a source says; false if it says nothing of it. */
    public boolean remove(String source, String tunnelName) {
        latest = null;
        Source found = sources.get(source);
        Block removed = found == null ? null : found.blocks().remove(title(Schema.TUNNEL, tunnelName));
        if (removed != null) {
            claims.remove(removed);
        }
        return removed != null;
    }

    /** The profiles in force. */
    public Profiles profiles() {
        return profiles;
    }

    /** The blocks in force, source by source. */
    public List<Block> blocks() {
        List<Block> all = new ArrayList<>();
        sources.values().forEach(source -> all.addAll(source.blocks().values()));
        return all;
    }

    /** The users of all sources; of two with one name and server the first counts. */
    public List<UserSecret> users() {
        return usersOf(sources);
    }

    /** The tunnel of this name, whoever asked for it. */
    public Optional<Block> tunnel(String name) {
        return owner(Schema.TUNNEL, name)
                .map(source -> sources.get(source).blocks().get(title(Schema.TUNNEL, name)));
    }

    /** The source that a block belongs to. */
    public Optional<String> owner(BlockType type, String name) {
        String title = title(type, name);
        for (Map.Entry<String, Source> entry : sources.entrySet()) {
            if (entry.getValue().blocks().containsKey(title)) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    private static Map<String, Block> byTitle(DesiredState state, List<Problem> problems) {
        Map<String, Block> blocks = new LinkedHashMap<>();
        for (Block block : state.blocks()) {
            Block first = blocks.putIfAbsent(block.title(), block);
            if (first != null) {
                problems.add(new Problem(block.where(), block.title() + ": stands here and in " + first.where()
                        + "; put both into one block, or give one another name"));
            }
        }
        return blocks;
    }

    /** Names that another source has. */
    private void names(DesiredState state, Source now, List<Problem> problems) {
        now.blocks().values().forEach(block -> owner(block.type(), block.name())
                .filter(owner -> !owner.equals(state.source()))
                .ifPresent(owner -> problems.add(taken(block, owner))));
    }

    private static Problem taken(Block block, String owner) {
        return new Problem(block.where(), block.title() + ": " + owner + " has it already; "
                + (block.type().named() ? "give it another name" : "change it there") + ", or take it out there");
    }

    private void check(Map<String, Source> next, String changed, Profiles nextProfiles, List<Problem> problems) {
        Checks checks = new Checks(nextProfiles, problems::add);
        Claims nextClaims = new Claims();
        next.forEach((name, source) -> {
            if (!name.equals(changed)) { // first, so that a clash is reported of what is new
                source.blocks().values().stream().filter(block -> block.type() == Schema.TUNNEL)
                        .forEach(nextClaims::add);
            }
            if (name.equals(changed) || nextProfiles != profiles) {
                source.blocks().values().forEach(checks::check);
            }
        });
        next.get(changed).blocks().values().stream().filter(block -> block.type() == Schema.TUNNEL)
                .forEach(tunnel -> nextClaims.add(tunnel, problems::add));
        if (nextProfiles != profiles) {
            PoolChecks.check(nextProfiles.pools(), problems::add);
            nextProfiles.clashes().forEach(clash -> problems.add(new Problem(clash.second().where(),
                    clash.second().title() + ": fits the same peers as " + clash.first().title()
                    + "; give one of them another peer_ipaddr or peer_host_name")));
        }
    }

    private static boolean sameProfiles(Source old, Source now) {
        return profileCount(old) == profileCount(now) && now.blocks().entrySet().stream()
                .filter(entry -> entry.getValue().type() != Schema.TUNNEL)
                .allMatch(entry -> {
                    Block was = old.blocks().get(entry.getKey());
                    return was != null && was.sameAs(entry.getValue());
                });
    }

    private static long profileCount(Source source) {
        return source.blocks().values().stream().filter(block -> block.type() != Schema.TUNNEL).count();
    }

    private static Profiles profilesOf(Map<String, Source> sources) {
        List<Block> all = new ArrayList<>();
        sources.values().forEach(source -> all.addAll(source.blocks().values()));
        return new Profiles(all);
    }

    private static List<UserSecret> usersOf(Map<String, Source> sources) {
        List<UserSecret> users = new ArrayList<>();
        sources.values().forEach(source -> users.addAll(source.users()));
        return List.copyOf(users);
    }

    private static String title(BlockType type, String name) {
        return type.named() ? type.keyword() + " \"" + name + "\"" : type.keyword();
    }
}
