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

    /**
     * A heading, and how the cells below it are laid out.
     *
     * @param heading   in capitals
     * @param right     whether cells are aligned on the right
     * @param prose     whether cells go on in the next line where the terminal is too narrow
     * @param droppable whether the column is left out where the terminal is too narrow
     */
    public record Column(String heading, boolean right, boolean prose, boolean droppable) {
        /** This column, which is left out where the terminal is too narrow for all. */
        public Column ifThereIsRoom() {
            return new Column(heading, right, prose, true);
        }
    }

    /** A column of words. */
    public static Column words(String heading) {
        return new Column(heading, false, false, false);
    }

    /** A column of numbers, aligned on the right. */
    public static Column numbers(String heading) {
        return new Column(heading, true, false, false);
    }

    /** The last column, of sentences: they go on in the next line where the terminal is too narrow. */
    public static Column prose(String heading) {
        return new Column(heading, false, true, false);
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
        List<Integer> shown = shown(width);
        ShellTable table = new ShellTable();
        for (int column : shown) {
            Col col = new Col(columns.get(column).heading());
            table.column(columns.get(column).right() ? col.alignRight() : col);
        }
        int last = shown.get(shown.size() - 1);
        int left = width - total(shown) + widest(last);
        int lastWidth = columns.get(last).prose() && left >= NARROWEST_PROSE ? left : Integer.MAX_VALUE;
        for (List<String> row : rows) {
            add(shown.stream().map(row::get).toList(), lastWidth, table);
        }
        return table;
    }

    /** The columns for which there is room. */
    private List<Integer> shown(int width) {
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            shown.add(i);
        }
        for (int i = columns.size() - 1; i >= 0 && width > 0 && total(shown) > width; i--) {
            if (columns.get(i).droppable()) {
                shown.remove(Integer.valueOf(i));
            }
        }
        return shown;
    }

    private int total(List<Integer> shown) {
        return shown.stream().mapToInt(this::widest).sum() + SEPARATOR * (shown.size() - 1);
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
