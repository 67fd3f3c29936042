package org.isthmus.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.isthmus.api.config.ApplyReport.Problem;
import org.isthmus.api.config.DesiredState;
import org.isthmus.api.config.Settings;
import org.isthmus.api.config.SystemParameters;

/** Reads l2tpd.conf and the file of secrets that belongs to it. */
final class ConfigLoader {
    static final String SOURCE = "l2tpd.conf";

    private final Path home;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private SecretsParser.Result secrets = SecretsParser.Result.EMPTY;
    private Path secretsFile;

    private ConfigLoader(Path home) {
        this.home = home;
    }

    /**
     * What the files say.
     *
     * @param state       what should exist; empty when there are problems
     * @param problems    what is wrong
     * @param warnings    what is doubtful
     * @param secretsFile the file of secrets that belongs to it, whether it exists or not
     */
    record Result(Optional<DesiredState> state, List<Problem> problems, List<Problem> warnings, Path secretsFile) {
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @param home the folder from which the name of the secrets file counts
     */
    static Result load(Path file, Path home) {
        return new ConfigLoader(home).load(file);
    }

    private Result load(Path file) {
        secretsFile = home.resolve(SystemParameters.SECRETS_FILE.defaultValue().orElseThrow());
        String name = file.getFileName() == null ? file.toString() : file.getFileName().toString();
        DesiredState state = null;
        try {
            ConfigParser.Result parsed = ConfigParser.parse(name, TextFile.read(file), this::openSecrets);
            problems.addAll(0, parsed.problems());
            if (parsed.holdsSecrets() && FileAccess.readableByAll(file)) {
                warnings.add(new Problem(name, "everybody on this machine may read the secrets in it; move them to the"
                        + " secrets file (secret @name), or type: chmod 600 " + file));
            }
            if (problems.isEmpty()) {
                state = new DesiredState(SOURCE, parsed.blocks(), secrets.users());
            }
        } catch (IOException failed) {
            problems.add(new Problem(file.toString(), reason(failed)));
        }
        return new Result(Optional.ofNullable(state), problems, warnings, secretsFile);
    }

    private NamedSecrets openSecrets(Settings system) {
        try {
            secretsFile = home.resolve(system.get(SystemParameters.SECRETS_FILE));
            boolean chosen = system.isSet(SystemParameters.SECRETS_FILE);
            if (chosen || Files.exists(secretsFile)) {
                secrets = readSecrets();
            }
        } catch (IOException | InvalidPathException failed) {
            problems.add(new Problem(secretsFile.toString(), reason(failed)));
        }
        return secrets;
    }

    private SecretsParser.Result readSecrets() throws IOException {
        SecretsParser.Result read = SecretsParser.parse(secretsFile.getFileName().toString(), TextFile.read(secretsFile));
        // A file with nothing but comments has nothing to protect.
        Optional<String> fault = read.isEmpty() ? Optional.empty() : FileAccess.fault(secretsFile);
        if (fault.isPresent()) {
            problems.add(new Problem(secretsFile.toString(), "is not used: it " + fault.get()));
        }
        problems.addAll(read.problems());
        return read;
    }

    private static String reason(Exception failed) {
        return failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
    }
}
