/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

import javax.annotation.Nullable;

/** A raw query, read parameter by parameter. */
final class QueryText {

    private QueryText() {}

    /** The decoded value of the first parameter of this name; null when there is none. */
    @Nullable
    static String value(@Nullable String query, String name) {
        if (query == null) {
            return null;
        }
        for (String parameter : query.split("&", -1)) {
            if (nameOf(parameter).equals(name)) {
                int equals = parameter.indexOf('=');
                return equals < 0 ? "" : decoded(parameter.substring(equals + 1));
            }
        }
        return null;
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
