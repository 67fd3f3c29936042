package org.isthmus.console.completers;

import java.util.List;

import org.apache.karaf.shell.api.console.CommandLine;
import org.isthmus.api.L2tpAdmin;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.BlockType;
import org.isthmus.console.BlockNames;

/** The names of the blocks of one kind. */
abstract class BlockCompleter extends WordCompleter {
    private final BlockType type;

    BlockCompleter(BlockType type) {
        this.type = type;
    }

    @Override
    final List<String> words(String typed, CommandLine line) {
        List<Block> blocks = admin().stream().map(L2tpAdmin::blocks).flatMap(List::stream).toList();
        return BlockNames.of(type.keyword(), blocks).stream().map(name -> name + " ").toList();
    }
}
