package org.isthmus.config;

import java.util.ArrayList;
import java.util.List;

/** A block as the file has it, before the schema says what it means. Belongs to one reader; not for several threads. */
final class RawBlock {
    /** The words before the brace that stand without quotes, with one blank between them. */
    final String keyword;
    /** Where the block begins. */
    final Word place;
    /** The word in quotes before the brace; null if there is none. */
    final Word name;
    final List<RawParameter> parameters = new ArrayList<>();
    final List<RawBlock> nested = new ArrayList<>();
    /** Whether its closing brace is there. */
    boolean closed;

    RawBlock(String keyword, Word place, Word name) {
        this.keyword = keyword;
        this.place = place;
        this.name = name;
    }

    /** {@code tunnel "office"}, for messages. */
    String title() {
        return name == null ? keyword : keyword + " " + Problems.shown(name.text());
    }

    /** A parameter's name and the words behind it. */
    record RawParameter(Word name, List<Word> values) {
    }
}
