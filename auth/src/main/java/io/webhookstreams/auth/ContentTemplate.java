/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.ContentAtom.Scene;

import java.util.ArrayList;
import java.util.List;

/**
 * What a scheme signs: literal text and {@linkplain ContentAtom atoms} over the raw request,
 * compiled once. An atom that is missing refuses the request and never becomes empty, except {@code
 * optional-json}; a header's value may not contain the literal that ends it, else two contents
 * would read the same.
 */
final class ContentTemplate {

    private final List<ContentAtom> atoms;

    private ContentTemplate(List<ContentAtom> atoms) {
        this.atoms = atoms;
    }

    /**
     * Compiles a template.
     *
     * @throws IllegalArgumentException if it has an atom that is not implemented
     */
    static ContentTemplate compile(String template) {
        List<ContentAtom> atoms = new ArrayList<>();
        int at = 0;
        while (at < template.length()) {
            int open = indexOf(template, '{', at);
            if (open > at) {
                atoms.add(ContentAtom.literal(template.substring(at, open)));
                at = open;
            } else {
                int close = indexOf(template, '}', at);
                if (close == template.length()) {
                    throw ContentAtom.refused(template.substring(at));
                }
                String literalAfter = template.substring(close + 1, indexOf(template, '{', close));
                String name = template.substring(at + 1, close);
                atoms.add(ContentAtom.parse(name, literalAfter));
                at = close + 1;
            }
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

    /** Whether a change at that place changes what is signed. */
    boolean covers(ValueLocation location) {
        return atoms.stream().anyMatch(atom -> atom.covers(location));
    }

    private static int indexOf(String text, char c, int from) {
        int at = text.indexOf(c, from);
        return at < 0 ? text.length() : at;
    }
}
