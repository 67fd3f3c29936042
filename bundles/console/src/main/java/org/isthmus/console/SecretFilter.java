package org.isthmus.console;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.karaf.shell.api.console.CommandLoggingFilter;
import org.isthmus.api.config.Parameter;
import org.osgi.service.component.annotations.Component;

/** Keeps secrets out of the log, in which Karaf notes every command at the level DEBUG. */
@Component
public final class SecretFilter implements CommandLoggingFilter {
    private static final Pattern SECRET = Pattern.compile("\\b(" + BlockNames.TYPES.stream()
            .flatMap(type -> type.parameters().stream()).filter(parameter -> parameter.type().secret())
            .map(Parameter::name).distinct().collect(Collectors.joining("|"))
            + ")=(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");

    @Override
    public CharSequence filter(CharSequence command) {
        return SECRET.matcher(command).replaceAll("$1=***");
    }
}
