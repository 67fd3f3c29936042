package org.isthmus.console.completers;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.isthmus.api.config.BlockType;
import org.isthmus.console.BlockNames;

/** Parameters of the block that was named further left, or of all. */
@Service
public class BlockParameterCompleter extends WordCompleter {

    @Override
    List<String> words(String typed, CommandLine line) {
        List<BlockType> named = Arrays.stream(line.getArguments()).filter(Objects::nonNull)
                .flatMap(word -> BlockNames.find(word).stream()).toList();
        return (named.isEmpty() ? BlockNames.TYPES : named).stream().flatMap(type -> type.parameters().stream())
                .map(parameter -> parameter.name() + " ").distinct().toList();
    }
}
