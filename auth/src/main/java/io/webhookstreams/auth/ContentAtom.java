/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.auth.Denied.Cause;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A part of what is signed:
 *
 * <ul>
 *   <li>{@code {body}} as it was sent, {@code {element0}} the first element of a JSON array, {@code
 *       {form-sorted}} names and values of a form;
 *   <li>{@code {ts}} the signed time, as it was sent; {@code {method}}; {@code {url}} as the sender
 *       sees it;
 *   <li>{@code {header:NAME}}, {@code {query:NAME}}, {@code {form:NAME}}, {@code {json:/POINTER}},
 *       and {@code {optional-json:/POINTER}}, which is empty where the body has no value.
 * </ul>
 */
sealed interface ContentAtom {

    /** What an atom may look at. {@code timestamp} and {@code base} are null where none is. */
    record Scene(RequestFields fields, String timestamp, String base) {}

    byte[] bytes(Scene scene) throws RefusedException;

    /** Whether a change at that place changes this part. */
    boolean covers(ValueLocation location);

    /** As a template writes it, without its braces. */
    String text();

    static ContentAtom literal(String text) {
        return new Literal(utf8(text));
    }

    /**
     * Reads an atom.
     *
     * @param literalAfter the fixed text that ends it; empty for none
     * @throws IllegalArgumentException if there is none of that name
     */
    static ContentAtom parse(String name, String literalAfter) {
        int colon = name.indexOf(':');
        String rest = name.substring(colon + 1);
        return switch (colon < 0 ? name : name.substring(0, colon + 1)) {
            case "header:" -> new Header(FieldSource.parse(name).name(), literalAfter);
            case "query:" -> new Query(FieldSource.parse(name).name());
            case "form:" -> new Form(FieldSource.parse(name).name());
            case "json:" -> new Json(JsonPointer.compile(FieldSource.parse(name).name()), false);
            case "optional-json:" ->
                    new Json(JsonPointer.compile(FieldSource.parse("json:" + rest).name()), true);
            case "body" -> Simple.BODY;
            case "element0" -> Simple.ELEMENT0;
            case "form-sorted" -> Simple.FORM_SORTED;
            case "ts" -> Simple.TS;
            case "method" -> Simple.METHOD;
            case "url" -> Simple.URL;
            default -> throw refused("{" + name + "}");
        };
    }

    static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "content: "
                        + SafeText.capped(text, 40)
                        + " (expected: {body} {element0} {form-sorted} {ts} {method} {url}"
                        + " {header:NAME} {query:NAME} {form:NAME} {json:/POINTER}"
                        + " {optional-json:/POINTER})");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Those without a name of their own. */
    enum Simple implements ContentAtom {
        BODY {
            @Override
            public byte[] bytes(Scene scene) {
                return scene.fields().request().body();
            }

            @Override
            public boolean covers(ValueLocation location) {
                return isInBody(location);
            }
        },
        ELEMENT0 {
            @Override
            public byte[] bytes(Scene scene) throws RefusedException {
                return FirstElement.of(scene.fields().request().body());
            }

            @Override
            public boolean covers(ValueLocation location) {
                return location.kind() == ValueLocation.Kind.JSON
                        && location.name().startsWith("/0/");
            }
        },
        FORM_SORTED {
            @Override
            public byte[] bytes(Scene scene) throws RefusedException {
                return scene.fields().form().sorted();
            }

            @Override
            public boolean covers(ValueLocation location) {
                // Many bodies have the same names and values, and JSON is read from the bytes.
                return location.kind() == ValueLocation.Kind.FORM;
            }
        },
        TS {
            @Override
            public byte[] bytes(Scene scene) {
                return utf8(scene.timestamp());
            }

            @Override
            public boolean covers(ValueLocation location) {
                return false;
            }
        },
        METHOD {
            @Override
            public byte[] bytes(Scene scene) {
                return utf8(scene.fields().request().method());
            }

            @Override
            public boolean covers(ValueLocation location) {
                return false;
            }
        },
        URL {
            @Override
            public byte[] bytes(Scene scene) {
                AuthRequest request = scene.fields().request();
                String query = request.query();
                return utf8(scene.base() + request.path() + (query == null ? "" : "?" + query));
            }

            @Override
            public boolean covers(ValueLocation location) {
                return location.kind() == ValueLocation.Kind.QUERY;
            }
        };

        @Override
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private static boolean isInBody(ValueLocation location) {
            return location.isInBody();
        }
    }

    /** Fixed text. */
    final class Literal implements ContentAtom {

        private final byte[] text;

        private Literal(byte[] text) {
            this.text = text;
        }

        @Override
        public byte[] bytes(Scene scene) {
            return text;
        }

        @Override
        public String text() {
            return new String(text, StandardCharsets.UTF_8);
        }

        @Override
        public boolean covers(ValueLocation location) {
            return false;
        }
    }

    /** A header's value. */
    record Header(String name, String literalAfter) implements ContentAtom {

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
        public byte[] bytes(Scene scene) throws RefusedException {
            return utf8(value(scene.fields()));
        }

        @Override
        public String text() {
            return "header:" + name;
        }

        @Override
        public boolean covers(ValueLocation location) {
            return location.kind() == ValueLocation.Kind.HEADER && location.name().equals(name);
        }
    }

    /** A query parameter's value, decoded. */
    record Query(String name) implements ContentAtom {

        @Override
        public byte[] bytes(Scene scene) throws RefusedException {
            return utf8(scene.fields().query(name, Cause.MISSING_CONTENT));
        }

        @Override
        public String text() {
            return "query:" + name;
        }

        @Override
        public boolean covers(ValueLocation location) {
            return location.kind() == ValueLocation.Kind.QUERY && location.name().equals(name);
        }
    }

    /** The value of a form's only field of that name, decoded. */
    record Form(String name) implements ContentAtom {

        @Override
        public byte[] bytes(Scene scene) throws RefusedException {
            return utf8(scene.fields().form(name, Cause.MISSING_CONTENT));
        }

        @Override
        public String text() {
            return "form:" + name;
        }

        @Override
        public boolean covers(ValueLocation location) {
            return location.kind() == ValueLocation.Kind.FORM && location.name().equals(name);
        }
    }

    /** A scalar of the body. */
    record Json(JsonPointer pointer, boolean optional) implements ContentAtom {

        @Override
        public byte[] bytes(Scene scene) throws RefusedException {
            JsonNode node = scene.fields().json().at(pointer);
            if (optional && (node.isMissingNode() || node.isNull())) {
                return new byte[0];
            }
            return utf8(scene.fields().json(pointer, Cause.MISSING_CONTENT));
        }

        @Override
        public String text() {
            return (optional ? "optional-json:" : "json:") + pointer;
        }

        @Override
        public boolean covers(ValueLocation location) {
            return location.kind() == ValueLocation.Kind.JSON
                    && location.name().equals(pointer.toString());
        }
    }
}
