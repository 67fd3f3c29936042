package org.isthmus.console;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.CommandException;

/**
 * Lets options stand after operands: Karaf itself takes what follows the first operand for another one, so that
 * {@code tunnel-show office --json} would fail.
 */
final class Operands {
    private Operands() {
    }

    /** Sets the command's options that were typed among the operands, and answers the rest. */
    static List<String> of(Action command, List<String> typed) throws CommandException {
        List<String> operands = new ArrayList<>();
        for (Iterator<String> words = typed == null ? List.<String>of().iterator() : typed.iterator(); words.hasNext();) {
            String word = words.next();
            if (word.length() > 1 && word.startsWith("-")) {
                set(command, word, words);
            } else {
                operands.add(word);
            }
        }
        return operands;
    }

    private static void set(Action command, String word, Iterator<String> words) throws CommandException {
        int equals = word.indexOf('=');
        Field field = option(command, equals < 0 ? word : word.substring(0, equals));
        try {
            field.setAccessible(true);
            if (field.getType() == boolean.class) {
                field.setBoolean(command, true);
            } else if (equals >= 0) {
                assign(command, field, word.substring(equals + 1));
            } else if (words.hasNext()) {
                assign(command, field, words.next());
            } else {
                throw new CommandException("The option " + word + " needs a value. --help explains it.");
            }
        } catch (IllegalAccessException | NumberFormatException notANumber) {
            throw new CommandException("The option " + word + " needs a number. --help explains it.", notANumber);
        }
    }

    private static void assign(Action command, Field field, String value) throws IllegalAccessException {
        if (field.getType() == int.class) {
            field.setInt(command, Integer.parseInt(value));
        } else {
            field.set(command, value);
        }
    }

    private static Field option(Action command, String name) throws CommandException {
        for (Class<?> type = command.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                Option option = field.getAnnotation(Option.class);
                if (option != null && (option.name().equals(name) || Arrays.asList(option.aliases()).contains(name))) {
                    return field;
                }
            }
        }
        throw new CommandException("There is no option " + name + ". --help shows those that there are.");
    }
}
