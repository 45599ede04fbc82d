/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.ContentAtom.Scene;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a scheme signs: literal text and {@linkplain ContentAtom atoms} over the raw request,
 * compiled once. An atom that is missing refuses the request and never becomes empty, except {@code
 * optional-json}. A header's value may not contain the literal that ends it, and where two parts
 * meet without a literal their {@link Border} is checked: else one content could be read as
 * another. JSON values have no such check, so literals between them (Adyen's) separate nothing for
 * certain.
 */
final class ContentTemplate {

    private final List<ContentAtom> atoms;

    private ContentTemplate(List<ContentAtom> atoms) {
        this.atoms = atoms;
    }

    /**
     * Compiles a template.
     *
     * @throws IllegalArgumentException if it has atoms that are not implemented, a line for each
     */
    static ContentTemplate compile(String template) {
        List<ContentAtom> atoms = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        int at = 0;
        while (at < template.length()) {
            int open = indexOf(template, '{', at);
            if (open > at) {
                atoms.add(ContentAtom.literal(template.substring(at, open)));
                at = open;
            } else {
                int close = indexOf(template, '}', at);
                if (close == template.length()) {
                    problems.add(ContentAtom.refused(template.substring(at)).getMessage());
                    break;
                }
                String literalAfter = template.substring(close + 1, indexOf(template, '{', close));
                String name = template.substring(at + 1, close);
                try {
                    atoms.add(ContentAtom.parse(name, literalAfter));
                } catch (IllegalArgumentException e) {
                    problems.add(e.getMessage());
                }
                at = close + 1;
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return new ContentTemplate(List.copyOf(atoms));
    }

    /** The signed bytes in pieces, so that the body is never copied. */
    List<byte[]> render(Scene scene) throws RefusedException {
        List<byte[]> pieces = new ArrayList<>(atoms.size());
        for (ContentAtom atom : atoms) {
            pieces.add(atom.bytes(scene));
        }
        return pieces;
    }

    /** Where parts meet with no literal between them; {@code time} is null where none is signed. */
    List<Border> borders(SignatureScheme.Timestamp time) {
        List<Border> borders = new ArrayList<>();
        for (int i = 0; i + 1 < atoms.size(); i++) {
            ContentAtom left = atoms.get(i);
            ContentAtom right = atoms.get(i + 1);
            if (left instanceof ContentAtom.Literal || right instanceof ContentAtom.Literal) {
                continue;
            }
            if (isTime(left, time)) {
                borders.add(Border.ofTime(time.format(), i, i + 1));
            } else if (isTime(right, time)) {
                borders.add(Border.ofTime(time.format(), i + 1, i));
            } else {
                borders.add(Border.of(atoms, i));
            }
        }
        return List.copyOf(borders);
    }

    /** Neighbours, as they are written, that could be cut elsewhere and no border tells. */
    List<String> openBorders(SignatureScheme.Timestamp time) {
        List<String> open = new ArrayList<>();
        for (int i = 0; i + 1 < atoms.size(); i++) {
            ContentAtom left = atoms.get(i);
            ContentAtom right = atoms.get(i + 1);
            boolean touch =
                    !(left instanceof ContentAtom.Literal)
                            && !(right instanceof ContentAtom.Literal);
            if (touch
                    && !isTime(left, time)
                    && !isTime(right, time)
                    && !Border.isKnown(left, right)) {
                open.add("{" + left.text() + "}{" + right.text() + "}");
            }
        }
        return open;
    }

    private static boolean isTime(ContentAtom atom, SignatureScheme.Timestamp time) {
        if (time == null) {
            return false;
        }
        if (atom instanceof ContentAtom.Simple) {
            return atom == ContentAtom.Simple.TS;
        }
        return switch (time.from().kind()) {
            case HEADER, JSON, QUERY, FORM ->
                    atom.covers(ValueLocation.parse(time.from().toString()));
            case HEADERS, SIG -> false;
        };
    }

    /** Refuses a request whose headers lack what is signed. */
    void checkHeaders(RequestFields fields) throws RefusedException {
        for (ContentAtom atom : atoms) {
            if (atom instanceof ContentAtom.Header header) {
                header.value(fields);
            }
        }
    }

    /** The names of the signed headers. */
    List<String> headerNames() {
        return atoms.stream()
                .filter(ContentAtom.Header.class::isInstance)
                .map(atom -> ((ContentAtom.Header) atom).name())
                .toList();
    }

    /** The pointers whose values must be there to be signed. */
    List<String> jsonPointers() {
        return atoms.stream()
                .filter(atom -> atom instanceof ContentAtom.Json json && !json.optional())
                .map(atom -> ((ContentAtom.Json) atom).pointer().toString())
                .toList();
    }

    boolean has(ContentAtom atom) {
        return atoms.contains(atom);
    }

    /** The fixed texts in it. */
    Stream<String> literals() {
        return atoms.stream()
                .filter(ContentAtom.Literal.class::isInstance)
                .map(ContentAtom.Literal.class::cast)
                .map(literal -> new String(literal.bytes(null), StandardCharsets.UTF_8));
    }

    /** Whether a change at that place changes what is signed. */
    boolean covers(ValueLocation location) {
        return atoms.stream().anyMatch(atom -> atom.covers(location));
    }

    private static int indexOf(String text, char c, int from) {
        int at = text.indexOf(c, from);
        return at < 0 ? text.length() : at;
    }
}
