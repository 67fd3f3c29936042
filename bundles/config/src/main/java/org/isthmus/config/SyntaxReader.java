package org.isthmus.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import org.isthmus.config.RawBlock.RawParameter;

/**
 * Reads the braces and lines of a file, one top-level block at a time, knowing nothing of what the blocks mean.
 * After a fault it goes on with the next line.
 */
final class SyntaxReader {
    /** Blocks inside blocks; the schema needs two. */
    static final int MAX_DEPTH = 8;

    private final Lexer lexer;
    private final Problems problems;
    private Token token;

    SyntaxReader(CharSequence text, Problems problems) {
        this.lexer = new Lexer(text, true, problems);
        this.problems = problems;
        this.token = lexer.next();
    }

    /** The next block of the top level; empty at the end of the file. */
    Optional<RawBlock> next() {
        while (token.kind() != Token.Kind.END) {
            if (token.kind() == Token.Kind.CLOSE) {
                problems.add(token.word(), "a } without a block to close");
                advance();
            } else if (token.kind() == Token.Kind.OPEN) {
                problems.add(token.word(), "a { without a kind of block before it");
                skipBlock();
            } else {
                List<Word> words = statement();
                if (token.kind() == Token.Kind.OPEN && !words.isEmpty()) {
                    return Optional.of(block(words));
                }
                if (!words.isEmpty()) {
                    problems.add(words.get(0), "expected a block, such as tunnel \"name\" {");
                }
            }
        }
        return Optional.empty();
    }

    /** Reads the inside of a block whose head was read; the token is its opening brace. Nesting uses no call stack. */
    private RawBlock block(List<Word> head) {
        Deque<RawBlock> open = new ArrayDeque<>();
        RawBlock outermost = begin(head);
        open.push(outermost);
        advance();
        while (!open.isEmpty()) {
            RawBlock current = open.peek();
            switch (token.kind()) {
                case END -> {
                    open.descendingIterator().forEachRemaining(block -> problems.add(block.place,
                            "the block " + block.title() + " is never closed: expected } before the end of the file"));
                    return outermost;
                }
                case CLOSE -> {
                    current.closed = true;
                    open.pop();
                    advance();
                }
                case OPEN -> {
                    problems.add(token.word(), "a { without a kind of block before it");
                    skipBlock();
                }
                default -> {
                    List<Word> words = statement();
                    if (token.kind() == Token.Kind.OPEN && !words.isEmpty()) {
                        if (open.size() == MAX_DEPTH) {
                            problems.add(words.get(0), "blocks nested more than " + MAX_DEPTH + " deep");
                            skipBlock();
                        } else {
                            RawBlock inner = begin(words);
                            current.nested.add(inner);
                            open.push(inner);
                            advance();
                        }
                    } else if (!words.isEmpty()) {
                        current.parameters.add(
                                new RawParameter(words.get(0), List.copyOf(words.subList(1, words.size()))));
                    }
                }
            }
        }
        return outermost;
    }

    /** The words up to the end of the line or a brace; a brace on the next line still belongs to them. */
    private List<Word> statement() {
        List<Word> words = new ArrayList<>();
        Word comma = null;
        while (token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.COMMA) {
            if (token.kind() == Token.Kind.WORD) {
                words.add(token.word());
                comma = null;
            } else if (comma != null || words.size() < 2) {
                problems.add(token.word(), "a comma with no value before it");
            } else {
                comma = token.word();
            }
            advance();
        }
        if (comma != null) {
            problems.add(comma, "a comma with no value behind it on its line");
        }
        while (token.kind() == Token.Kind.NEWLINE) {
            advance();
        }
        return words;
    }

    private RawBlock begin(List<Word> head) {
        Word last = head.get(head.size() - 1);
        Word name = last.quoted() ? last : null;
        StringBuilder keyword = new StringBuilder();
        for (Word word : name == null ? head : head.subList(0, head.size() - 1)) {
            keyword.append(keyword.isEmpty() ? "" : " ").append(word.text());
        }
        return new RawBlock(keyword.toString(), head.get(0), name);
    }

    /** Passes over a block and all inside; the token is its opening brace. */
    private void skipBlock() {
        long depth = 0;
        do {
            depth += token.kind() == Token.Kind.OPEN ? 1 : token.kind() == Token.Kind.CLOSE ? -1 : 0;
            advance();
        } while (depth > 0 && token.kind() != Token.Kind.END);
    }

    private void advance() {
        token = lexer.next();
    }
}
