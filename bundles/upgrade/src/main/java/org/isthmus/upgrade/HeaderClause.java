package org.isthmus.upgrade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One clause of a manifest header, such as {@code a.b;c.d;version="[1,2)";resolution:=optional} (OSGi Core, section 1.3.2).
 *
 * @param names      before the first parameter
 * @param attributes {@code name=value}; a type as in {@code version:Version} is left out
 * @param directives {@code name:=value}
 */
record HeaderClause(List<String> names, Map<String, String> attributes, Map<String, String> directives) {

    /** Reads a header, null for one that is not there. Whatever is in it, nothing is thrown: what makes no sense is a strange name. */
    static List<HeaderClause> parse(String header) {
        List<HeaderClause> clauses = new ArrayList<>();
        if (header == null) {
            return clauses;
        }
        for (String text : split(header, ',')) {
            HeaderClause clause = new HeaderClause(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
            split(text, ';').forEach(clause::add);
            if (!clause.names.isEmpty()) {
                clauses.add(clause);
            }
        }
        return clauses;
    }

    private void add(String part) {
        int equals = part.indexOf('=');
        if (equals < 0) {
            names.add(part);
            return;
        }
        String value = unquoted(part.substring(equals + 1).trim());
        String name = part.substring(0, equals).trim();
        if (name.endsWith(":")) {
            directives.put(name.substring(0, name.length() - 1).trim(), value);
        } else {
            int type = name.indexOf(':');
            attributes.put(type < 0 ? name : name.substring(0, type).trim(), value);
        }
    }

    /** Parts between separators that stand outside of quotes, without those that are empty. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int begin = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : separator;
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            }
            if (i >= text.length() || c == separator && !quoted) {
                String part = text.substring(begin, Math.min(i, text.length())).trim();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                begin = i + 1;
            }
        }
        return parts;
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }

    boolean isOptional() {
        return "optional".equals(directives.get("resolution"));
    }
}
