/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.auth.Denied.Cause;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A {@link FieldSource}, compiled. Safe from any thread. */
final class Field {

    private static final Cause ABSENT = Cause.MISSING_CREDENTIAL;

    private final FieldSource source;
    private final JsonPointer pointer;
    private final boolean one;

    /** Not with {@code sig:KEY}, which its grammar reads. */
    Field(FieldSource source) {
        this.source = source;
        this.pointer =
                source.kind() == FieldSource.Kind.JSON ? JsonPointer.compile(source.name()) : null;
        this.one = source.kind() != FieldSource.Kind.HEADERS && !source.isEach();
    }

    boolean needsBody() {
        return source.needsBody();
    }

    /** Whether the field may be there, as far as the headers tell. */
    boolean mayBeIn(AuthRequest request) {
        return mayBeIn(new RequestFields(request));
    }

    /** The same of fields that may be read already. */
    boolean mayBeIn(RequestFields fields) {
        AuthRequest request = fields.request();
        return switch (source.kind()) {
            case HEADER -> !request.headers(source.name()).isEmpty();
            case HEADERS -> !request.headers(source.name() + 1).isEmpty();
            case QUERY -> request.query() != null && isInQuery(fields);
            case JSON, FORM -> true;
            case SIG -> false;
        };
    }

    /** Whether the field is there. */
    boolean isIn(RequestFields fields) throws RefusedException {
        return switch (source.kind()) {
            case HEADER, HEADERS, QUERY, SIG -> mayBeIn(fields);
            case JSON -> !fields.json().at(pointer).isMissingNode();
            case FORM -> !fields.form().values(source.name()).isEmpty();
        };
    }

    /** Whether it has one value, not one for each key or element. */
    boolean isOne() {
        return one;
    }

    /** Its one value. */
    String value(RequestFields fields) throws RefusedException {
        return switch (source.kind()) {
            case HEADER -> fields.header(source.name(), ABSENT);
            case JSON -> fields.json(pointer, ABSENT);
            case FORM -> fields.form(source.name(), ABSENT);
            case QUERY -> fields.query(source.name(), ABSENT);
            case HEADERS, SIG -> throw new IllegalStateException(source + ": not one field");
        };
    }

    /** All its values where there may be several, each once; at least one. */
    List<String> values(RequestFields fields) throws RefusedException {
        return source.kind() == FieldSource.Kind.HEADERS ? numbered(fields) : each(fields);
    }

    /** From 1 up to the first that is not there. */
    private List<String> numbered(RequestFields fields) throws RefusedException {
        List<String> values = new ArrayList<>(2);
        values.add(fields.header(source.name() + 1, ABSENT));
        for (int i = 2; values.size() <= SignatureText.MAX_NUMBERED_SIGNATURES; i++) {
            String name = source.name() + i;
            if (fields.request().headers(name).isEmpty()) {
                break;
            }
            values.add(fields.header(name, ABSENT));
        }
        return values;
    }

    private List<String> each(RequestFields fields) throws RefusedException {
        Set<String> values = new LinkedHashSet<>();
        collect(fields.json(), pointer, values);
        return List.copyOf(values);
    }

    /** An element without the value refuses the request: it would come in unproven. */
    private void collect(JsonNode node, JsonPointer rest, Set<String> values)
            throws RefusedException {
        if (rest.matches() && RequestFields.isScalar(node)) {
            values.add(node.asText());
        } else if (!rest.matches() && rest.getMatchingProperty().equals("*") && node.isArray()) {
            if (node.isEmpty()) {
                throw absent();
            }
            for (JsonNode element : node) {
                collect(element, rest.tail(), values);
            }
        } else if (!rest.matches() && !node.isMissingNode()) {
            collect(node.at(first(rest)), rest.tail(), values);
        } else {
            throw absent();
        }
    }

    private static JsonPointer first(JsonPointer pointer) {
        return JsonPointer.empty().appendProperty(pointer.getMatchingProperty());
    }

    private boolean isInQuery(RequestFields fields) {
        try {
            return !fields.query().values(source.name()).isEmpty();
        } catch (RefusedException e) {
            return false;
        }
    }

    private RefusedException absent() {
        return new RefusedException(ABSENT, source + ": absent (expected: in every element)");
    }
}
