package org.isthmus.console;

import static org.isthmus.console.text.Table.words;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.config.Block;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.Settings;
import org.isthmus.console.text.Table;

/** One profile: what it sets, what it takes from the one named default, and what is built in. */
abstract class ProfileShowCommand extends ShowCommand {
    private static final String DEFAULT = "default";

    private final BlockType type;

    ProfileShowCommand(BlockType type) {
        this.type = type;
    }

    /** The profile that is asked for. */
    protected abstract String name() throws CommandException;

    @Override
    protected final View view() throws CommandException {
        String name = name();
        List<Block> blocks = admin().blocks();
        if (!BlockNames.of(type.keyword(), blocks).contains(name)) {
            throw unknown(type.keyword(), name, BlockNames.of(type.keyword(), blocks),
                    "l2tp:" + BlockNames.word(type) + "-list");
        }
        Optional<Block> own = find(name, blocks);
        Settings set = own.map(Block::settings).orElse(Settings.EMPTY);
        Settings base = BlockNames.inherits(type) ? find(DEFAULT, blocks).map(Block::settings).orElse(Settings.EMPTY)
                : Settings.EMPTY;
        return new View(data(name, own, set, set.over(base)), () -> table(name, set, base));
    }

    private Optional<Block> find(String name, List<Block> blocks) {
        return blocks.stream().filter(block -> block.type() == type && block.name().equals(name)).findFirst();
    }

    private Map<String, Object> data(String name, Optional<Block> own, Settings set, Settings effective) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", type.keyword());
        data.put("name", name);
        data.put("where", own.map(Block::where));
        data.put("settings", BlockData.of(set));
        Map<String, Object> all = new LinkedHashMap<>();
        type.parameters().forEach(parameter -> all.put(parameter.name(), BlockData.value(parameter, effective)));
        data.put("effective", all);
        return data;
    }

    private Table table(String name, Settings set, Settings base) {
        Table table = new Table("", words("PARAMETER"), words("VALUE"), words("FROM"));
        for (Parameter<?> parameter : type.parameters()) {
            String from = set.isSet(parameter) ? type.keyword() + " \"" + name + "\""
                    : base.isSet(parameter) ? type.keyword() + " \"" + DEFAULT + "\"" : "built in";
            table.add(parameter.name(), text(parameter, set.over(base)), from);
        }
        return table;
    }

    private static <T> String text(Parameter<T> parameter, Settings settings) {
        return settings.find(parameter).map(parameter.type()::format).orElse("-");
    }
}
