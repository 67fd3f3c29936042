package org.isthmus.console;

import static org.isthmus.console.text.Table.words;

import java.util.ArrayList;
import java.util.List;

import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.BlockType;
import org.isthmus.console.text.Table;

/** The profiles of one kind. */
abstract class ProfileListCommand extends ShowCommand {
    private final BlockType type;

    ProfileListCommand(BlockType type) {
        this.type = type;
    }

    @Override
    protected final View view() throws CommandException {
        List<Block> profiles = admin().blocks().stream().filter(block -> block.type() == type).toList();
        return new View(profiles.stream().map(BlockData::of).toList(), () -> table(profiles));
    }

    private Table table(List<Block> profiles) {
        Table table = new Table("No " + type.keyword() + " is configured"
                + (BlockNames.inherits(type) ? "; what is built in applies" : "") + ". See l2tp:config-help "
                + BlockNames.word(type) + ".", words("NAME"), words("SETS"), words("WHERE"));
        for (Block profile : profiles) {
            List<String> sets = new ArrayList<>();
            profile.settings().forEachText((parameter, value) -> sets.add(parameter.name() + "=" + value));
            table.add(profile.name(), String.join(" ", sets), profile.where());
        }
        return table;
    }
}
