/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

import java.io.IOException;

import javax.annotation.Nullable;

/**
 * Reads the scalars at some pointers in one pass, and stops as soon as it has them all: what comes
 * after is the job's to judge. A value that is null, an object or an array counts as absent; of
 * members with the same name the first counts. One thread, once.
 */
final class JsonValues {

    private static final JsonFactory JSON = upToDepth(StreamReadConstraints.DEFAULT_MAX_DEPTH);

    private final String[] values;
    private int missing;
    private boolean malformed;

    private JsonValues(int number) {
        values = new String[number];
        missing = number;
    }

    /** What {@link #read} parses with, no deeper than so many objects and arrays in another. */
    static JsonFactory upToDepth(int depth) {
        // Names come from senders: interning them would only cost.
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(depth).build())
                .build();
    }

    /** Reads what can be read, as deep as Jackson goes by default; never fails. */
    static JsonValues read(byte[] body, JsonPointer[] pointers) {
        return read(JSON, body, pointers);
    }

    /** Reads what can be read; never fails. */
    static JsonValues read(JsonFactory json, byte[] body, JsonPointer[] pointers) {
        JsonValues found = new JsonValues(pointers.length);
        try (JsonParser parser = json.createParser(body)) {
            parser.nextToken();
            found.visit(parser, pointers);
        } catch (IOException e) {
            // Malformed, or nested deeper than the parser goes: the same to us.
            found.malformed = true;
        }
        return found;
    }

    /** The scalar's text at this pointer, or null. */
    @Nullable
    String get(int pointer) {
        return values[pointer];
    }

    /** Whether the body stopped being JSON before all values were found. */
    boolean isMalformed() {
        return malformed;
    }

    private void visit(JsonParser parser, JsonPointer[] tails) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            malformed = true;
        } else if (token == JsonToken.START_OBJECT) {
            visitMembers(parser, tails);
        } else if (token == JsonToken.START_ARRAY) {
            visitElements(parser, tails);
        } else if (token != JsonToken.VALUE_NULL) {
            keep(parser.getText(), tails);
        }
    }

    private void visitMembers(JsonParser parser, JsonPointer[] pointers) throws IOException {
        while (missing > 0 && parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            visitOrSkip(parser, tails(pointers, pointer -> pointer.matchProperty(name)));
        }
    }

    private void visitElements(JsonParser parser, JsonPointer[] pointers) throws IOException {
        for (int i = 0; missing > 0 && parser.nextToken() != JsonToken.END_ARRAY; i++) {
            int index = i;
            visitOrSkip(parser, tails(pointers, pointer -> pointer.matchElement(index)));
        }
    }

    private void visitOrSkip(JsonParser parser, @Nullable JsonPointer[] tails) throws IOException {
        if (tails == null) {
            parser.skipChildren();
        } else {
            visit(parser, tails);
        }
    }

    private void keep(String text, JsonPointer[] tails) {
        for (int i = 0; i < tails.length; i++) {
            if (tails[i] != null && tails[i].matches() && values[i] == null) {
                values[i] = text;
                missing--;
            }
        }
    }

    /** What is left of each pointer below this step; null where no pointer leads there. */
    @Nullable
    private static JsonPointer[] tails(JsonPointer[] pointers, Step step) {
        JsonPointer[] tails = null;
        for (int i = 0; i < pointers.length; i++) {
            JsonPointer tail = pointers[i] == null ? null : step.into(pointers[i]);
            if (tail != null) {
                tails = tails == null ? new JsonPointer[pointers.length] : tails;
                tails[i] = tail;
            }
        }
        return tails;
    }

    @FunctionalInterface
    private interface Step {
        @Nullable
        JsonPointer into(JsonPointer pointer);
    }
}
