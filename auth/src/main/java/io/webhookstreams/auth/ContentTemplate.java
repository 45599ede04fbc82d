/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.core.JsonPointer;

import io.webhookstreams.auth.Denied.Cause;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a scheme signs: literal text and atoms over the raw request, compiled once. {@code {body}},
 * {@code {ts}} (the signed time, as sent), {@code {method}}, {@code {header:NAME}}, {@code
 * {json:/POINTER}}. An atom that is missing refuses the request and never becomes empty; a header's
 * value may not contain the literal that ends it, else two contents would read the same.
 */
final class ContentTemplate {

    private static final String ATOMS = "{body} {ts} {method} {header:NAME} {json:/POINTER}";

    private final List<Atom> atoms;

    private ContentTemplate(List<Atom> atoms) {
        this.atoms = atoms;
    }

    /**
     * Compiles a template.
     *
     * @throws IllegalArgumentException if it has an atom that is not implemented
     */
    static ContentTemplate compile(String template) {
        List<Atom> atoms = new ArrayList<>();
        int at = 0;
        while (at < template.length()) {
            int open = indexOf(template, '{', at);
            if (open > at) {
                atoms.add(new Literal(template.substring(at, open)));
                at = open;
            } else {
                int close = indexOf(template, '}', at);
                if (close == template.length()) {
                    throw refused(template.substring(at));
                }
                String literalAfter =
                        template.substring(
                                Math.min(close + 1, template.length()),
                                indexOf(template, '{', close));
                atoms.add(atom(template.substring(at + 1, close), literalAfter));
                at = close + 1;
            }
        }
        return new ContentTemplate(List.copyOf(atoms));
    }

    /** The signed bytes in pieces, so that the body is never copied. */
    List<byte[]> render(RequestFields fields, String timestamp) throws RefusedException {
        List<byte[]> pieces = new ArrayList<>(atoms.size());
        for (Atom atom : atoms) {
            pieces.add(atom.bytes(fields, timestamp));
        }
        return pieces;
    }

    /** Refuses a request whose headers lack what is signed. */
    void checkHeaders(RequestFields fields) throws RefusedException {
        for (Atom atom : atoms) {
            if (atom instanceof Header header) {
                header.value(fields);
            }
        }
    }

    /** The names of the signed headers. */
    List<String> headerNames() {
        return atoms.stream()
                .filter(Header.class::isInstance)
                .map(atom -> ((Header) atom).name())
                .toList();
    }

    boolean signsTimestamp() {
        return atoms.contains(Simple.TS);
    }

    private static Atom atom(String name, String literalAfter) {
        if (name.startsWith("header:")) {
            return new Header(FieldSource.parse(name).name(), literalAfter);
        }
        if (name.startsWith("json:")) {
            return new Json(JsonPointer.compile(FieldSource.parse(name).name()));
        }
        return switch (name) {
            case "body" -> Simple.BODY;
            case "ts" -> Simple.TS;
            case "method" -> Simple.METHOD;
            default -> throw refused("{" + name + "}");
        };
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "content: " + SafeText.capped(text, 40) + " (expected: " + ATOMS + ")");
    }

    private static int indexOf(String text, char c, int from) {
        int at = text.indexOf(c, from);
        return at < 0 ? text.length() : at;
    }

    /** A part of what is signed. */
    private sealed interface Atom {
        byte[] bytes(RequestFields fields, String timestamp) throws RefusedException;
    }

    private enum Simple implements Atom {
        BODY {
            @Override
            public byte[] bytes(RequestFields fields, String timestamp) {
                return fields.request().body();
            }
        },
        TS {
            @Override
            public byte[] bytes(RequestFields fields, String timestamp) {
                return timestamp.getBytes(StandardCharsets.UTF_8);
            }
        },
        METHOD {
            @Override
            public byte[] bytes(RequestFields fields, String timestamp) {
                return fields.request().method().getBytes(StandardCharsets.UTF_8);
            }
        }
    }

    private static final class Literal implements Atom {

        private final byte[] text;

        Literal(String text) {
            this.text = text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] bytes(RequestFields fields, String timestamp) {
            return text;
        }
    }

    private record Header(String name, String literalAfter) implements Atom {

        String value(RequestFields fields) throws RefusedException {
            String value = fields.header(name, Cause.MISSING_CONTENT);
            if (!literalAfter.isEmpty() && value.contains(literalAfter)) {
                throw new RefusedException(
                        Cause.MALFORMED_CREDENTIAL,
                        name + ": contains '" + literalAfter + "' (expected: not)");
            }
            return value;
        }

        @Override
        public byte[] bytes(RequestFields fields, String timestamp) throws RefusedException {
            return value(fields).getBytes(StandardCharsets.UTF_8);
        }
    }

    private record Json(JsonPointer pointer) implements Atom {
        @Override
        public byte[] bytes(RequestFields fields, String timestamp) throws RefusedException {
            return fields.json(pointer, Cause.MISSING_CONTENT).getBytes(StandardCharsets.UTF_8);
        }
    }
}
