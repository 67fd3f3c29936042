package org.isthmus.console.text;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.apache.karaf.shell.support.table.Col;
import org.apache.karaf.shell.support.table.ShellTable;

/** Rows under headings. Cells are text already; a line break or tab inside one becomes a space. */
public final class Table implements Printable {
    private static final int SEPARATOR = 3;
    private static final int NARROWEST_PROSE = 20;

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();
    private final String whenEmpty;

    /** @param whenEmpty printed in place of an empty table: that there is nothing, and what to do next */
    public Table(String whenEmpty, Column... columns) {
        this.whenEmpty = whenEmpty;
        this.columns = List.of(columns);
    }

    /** A heading, and how the cells below it are laid out. */
    public record Column(String heading, boolean right, boolean prose) {
    }

    /** A column of words. */
    public static Column words(String heading) {
        return new Column(heading, false, false);
    }

    /** A column of numbers, aligned on the right. */
    public static Column numbers(String heading) {
        return new Column(heading, true, false);
    }

    /** The last column, of sentences: they go on in the next line where the terminal is too narrow. */
    public static Column prose(String heading) {
        return new Column(heading, false, true);
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
    public void print(PrintStream out, boolean format, int width) {
        if (!format) {
            rows.forEach(row -> out.println(String.join("\t", row)));
        } else if (rows.isEmpty()) {
            out.println(whenEmpty);
        } else {
            shellTable(width).print(out);
        }
    }

    private ShellTable shellTable(int width) {
        ShellTable table = new ShellTable();
        int left = width;
        for (int i = 0; i < columns.size(); i++) {
            Col col = new Col(columns.get(i).heading());
            table.column(columns.get(i).right() ? col.alignRight() : col);
            left -= i < columns.size() - 1 ? widest(i) + SEPARATOR : 0;
        }
        boolean wrap = columns.get(columns.size() - 1).prose() && left >= NARROWEST_PROSE;
        for (List<String> row : rows) {
            add(row, wrap ? left : Integer.MAX_VALUE, table);
        }
        return table;
    }

    /** Not with Karaf's own wrapping, which loses a letter where a word just fits. */
    private static void add(List<String> row, int lastWidth, ShellTable table) {
        int last = row.size() - 1;
        List<Object> cells = new ArrayList<>(row);
        for (String line : Format.wrap(row.get(last), lastWidth)) {
            cells.set(last, line);
            table.addRow().addContent(cells);
            cells = new ArrayList<>(Collections.nCopies(row.size(), ""));
        }
    }

    private int widest(int column) {
        return Math.max(columns.get(column).heading().length(),
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }
}
