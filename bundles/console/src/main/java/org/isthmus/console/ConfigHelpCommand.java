package org.isthmus.console;

import static org.isthmus.console.text.Table.prose;
import static org.isthmus.console.text.Table.words;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.isthmus.api.config.BlockType;
import org.isthmus.api.config.Parameter;
import org.isthmus.api.config.Schema;
import org.isthmus.console.completers.BlockParameterCompleter;
import org.isthmus.console.completers.BlockTypeCompleter;
import org.isthmus.console.text.Listing;
import org.isthmus.console.text.Nearest;
import org.isthmus.console.text.Printable;
import org.isthmus.console.text.Table;

/** The configuration's reference, from the schema. */
@Service
@Command(scope = "l2tp", name = "config-help", description = "Explains the blocks and parameters of l2tpd.conf",
        detailedDescription = "Example:\n  l2tp:config-help\n  l2tp:config-help tunnel\n"
                + "  l2tp:config-help ppp-profile mru")
public class ConfigHelpCommand extends ShowCommand {
    @Argument(index = 0, name = "block", description = "The kind of block, such as tunnel-profile")
    @Completion(BlockTypeCompleter.class)
    String block;

    @Argument(index = 1, name = "parameter", description = "One of its parameters", multiValued = true)
    @Completion(BlockParameterCompleter.class)
    List<String> typed;

    @Override
    protected View view() throws CommandException {
        if (block == null) {
            return new View(BlockNames.TYPES.stream().map(ConfigHelpCommand::data).toList(), ConfigHelpCommand::blocks);
        }
        BlockType type = type(block);
        if (operands(typed).isEmpty()) {
            return new View(data(type), () -> parameters(type));
        }
        Parameter<?> parameter = parameter(type, operand(typed, "a parameter"));
        return new View(data(parameter), () -> listing(type, parameter));
    }

    private static BlockType type(String word) throws CommandException {
        List<String> known = BlockNames.TYPES.stream().map(BlockNames::word).toList();
        return BlockNames.find(word).orElseThrow(() -> unknown("block", word, known, "l2tp:config-help"));
    }

    private static Parameter<?> parameter(BlockType type, String name) throws CommandException {
        for (Parameter<?> parameter : type.parameters()) {
            if (parameter.name().equals(name) || parameter.elsewhere().contains(name)) {
                return parameter;
            }
        }
        throw new CommandException("A " + type.keyword() + " has no parameter \"" + name + "\"."
                + Nearest.hint(name, type.parameters().stream().map(Parameter::name).toList()) + " l2tp:config-help "
                + BlockNames.word(type) + " shows those that there are.");
    }

    private static Printable blocks() {
        Table table = new Table("", words("BLOCK"), prose("WHAT IT IS"));
        BlockNames.TYPES.forEach(type -> table.add(BlockNames.word(type), type.description()));
        return table;
    }

    private static Printable parameters(BlockType type) {
        Table table = new Table("", words("PARAMETER"), words("DEFAULT"), prose("WHAT IT IS"));
        type.parameters().forEach(parameter -> table.add(parameter.name(), defaultText(parameter), parameter.description()));
        return table;
    }

    private static Printable listing(BlockType type, Parameter<?> parameter) {
        return new Listing()
                .heading(parameter.name() + ", in a " + type.keyword() + " block")
                .add("What it is", parameter.description())
                .add("Value", parameter.type().expected())
                .add("Default", defaultText(parameter))
                .add("Must be given", parameter.required() ? "yes" : "")
                .add("A change", "takes effect " + (parameter.live() ? "at once"
                        : type == Schema.SYSTEM ? "when the appliance is started again" : "on what is made anew"))
                .add("Called elsewhere", String.join(", ", parameter.elsewhere()));
    }

    private static <T> String defaultText(Parameter<T> parameter) {
        return parameter.defaultValue().map(parameter.type()::format).orElse(parameter.required() ? "(required)" : "-");
    }

    private static Map<String, Object> data(BlockType type) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("block", type.keyword());
        data.put("description", type.description());
        data.put("parameters", type.parameters().stream().map(ConfigHelpCommand::data).toList());
        return data;
    }

    private static <T> Map<String, Object> data(Parameter<T> parameter) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", parameter.name());
        data.put("description", parameter.description());
        data.put("expected", parameter.type().expected());
        data.put("choices", parameter.type().choices());
        data.put("default", parameter.defaultValue().map(parameter.type()::format));
        data.put("required", parameter.required());
        data.put("live", parameter.live());
        return data;
    }
}
