package org.isthmus.console.text;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fields of one thing, one to a line, under headings. */
public final class Listing implements Printable {
    private static final int NARROWEST = 20;

    private final List<Line> lines = new ArrayList<>();

    private record Line(String label, String value) {
        boolean heading() {
            return value == null;
        }
    }

    /** The lines that follow belong together. */
    public Listing heading(String text) {
        lines.add(new Line(text, null));
        return this;
    }

    /** A field; one without a value is left out. */
    public Listing add(String label, Object value) {
        String text = Format.oneLine(String.valueOf(value));
        if (!text.isEmpty()) {
            lines.add(new Line(label, text));
        }
        return this;
    }

    /** Counters that are not zero, under a heading. */
    public Listing counters(String heading, Map<String, Long> counters) {
        heading(heading);
        boolean any = false;
        for (Map.Entry<String, Long> counter : counters.entrySet()) {
            if (counter.getValue() != 0) {
                any = true;
                add(counter.getKey(), counter.getValue());
            }
        }
        if (!any) {
            lines.remove(lines.size() - 1);
        }
        return this;
    }

    @Override
    public void print(PrintStream out, boolean format, int terminalWidth) {
        int width = lines.stream().filter(line -> !line.heading()).mapToInt(line -> line.label.length()).max().orElse(0);
        for (Line line : lines) {
            if (!format) {
                if (!line.heading()) {
                    out.println(line.label + "\t" + line.value);
                }
            } else if (line.heading()) {
                out.println(line.label);
            } else {
                print(line, width, terminalWidth == 0 ? Integer.MAX_VALUE : Math.max(NARROWEST, terminalWidth - width - 4), out);
            }
        }
    }

    private static void print(Line line, int labelWidth, int valueWidth, PrintStream out) {
        String label = line.label;
        for (String part : Format.wrap(line.value, valueWidth)) {
            out.println("  " + label + " ".repeat(labelWidth - label.length() + 2) + part);
            label = "";
        }
    }
}
