package org.isthmus.console.completers;

import java.util.List;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.isthmus.console.BlockNames;

/** Kinds of block. */
@Service
public class BlockTypeCompleter extends WordCompleter {

    @Override
    List<String> words(String typed, CommandLine line) {
        return BlockNames.TYPES.stream().map(type -> BlockNames.word(type) + " ").toList();
    }
}
