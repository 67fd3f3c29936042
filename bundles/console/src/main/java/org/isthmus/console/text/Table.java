package org.isthmus.console.text;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.apache.karaf.shell.support.table.Col;
import org.apache.karaf.shell.support.table.ShellTable;

/** Rows under headings. Cells are text already; a line break or tab inside one becomes a space. */
public final class Table implements Printable {
    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();
    private final String whenEmpty;

    /** @param whenEmpty printed in place of an empty table: that there is nothing, and what to do next */
    public Table(String whenEmpty, Column... columns) {
        this.whenEmpty = whenEmpty;
        this.columns = List.of(columns);
    }

    /** A heading. */
    public record Column(String heading, boolean right) {
    }

    /** A column of words. */
    public static Column words(String heading) {
        return new Column(heading, false);
    }

    /** A column of numbers, aligned on the right. */
    public static Column numbers(String heading) {
        return new Column(heading, true);
    }

    /** One cell for each column. */
    public Table add(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(Arrays.stream(cells).map(cell -> Format.oneLine(String.valueOf(cell))).toList());
        return this;
    }

    @Override
    public void print(PrintStream out, boolean format) {
        if (!format) {
            rows.forEach(row -> out.println(String.join("\t", row)));
        } else if (rows.isEmpty()) {
            out.println(whenEmpty);
        } else {
            shellTable().print(out);
        }
    }

    private ShellTable shellTable() {
        ShellTable table = new ShellTable();
        for (Column column : columns) {
            Col col = new Col(column.heading());
            table.column(column.right() ? col.alignRight() : col);
        }
        for (List<String> row : rows) {
            table.addRow().addContent(row.toArray());
        }
        return table;
    }
}
