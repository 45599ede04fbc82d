/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

import javax.annotation.Nullable;

/** A raw query, read parameter by parameter. */
final class QueryText {

    private QueryText() {}

    /** The decoded values of the parameters of this name, in order; empty when there is none. */
    static List<String> values(@Nullable String query, String name) {
        List<String> values = new ArrayList<>(1);
        if (query == null) {
            return values;
        }
        for (String parameter : query.split("&", -1)) {
            if (nameOf(parameter).equals(name)) {
                int equals = parameter.indexOf('=');
                values.add(equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
            }
        }
        return values;
    }

    /** The query without the parameters of these names (lower case); null when none is left. */
    @Nullable
    static String without(@Nullable String query, Set<String> names) {
        return where(query, name -> !names.contains(name));
    }

    /** The query with the parameters whose name (lower case) fits; null when none is left. */
    @Nullable
    static String where(@Nullable String query, Predicate<String> fits) {
        if (query == null) {
            return null;
        }
        StringBuilder kept = new StringBuilder(query.length());
        for (String parameter : query.split("&", -1)) {
            if (fits.test(nameOf(parameter).toLowerCase(Locale.ROOT))) {
                kept.append(kept.isEmpty() ? "" : "&").append(parameter);
            }
        }
        return kept.isEmpty() ? null : kept.toString();
    }

    private static String nameOf(String parameter) {
        int equals = parameter.indexOf('=');
        return decoded(equals < 0 ? parameter : parameter.substring(0, equals));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A stray percent sign: nothing to decode, so it means itself.
            return text;
        }
    }
}
