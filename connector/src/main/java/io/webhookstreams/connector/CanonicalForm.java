/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What makes equal deliveries have equal wire forms. */
final class CanonicalForm {

    /** Names in lower case and in order; values of names that differ in case only are joined. */
    static Map<String, List<String>> headers(Map<String, List<String>> headers) {
        Map<String, List<String>> result = new TreeMap<>();
        headers.forEach(
                (name, values) ->
                        result.merge(
                                name.toLowerCase(Locale.ROOT),
                                List.copyOf(values),
                                CanonicalForm::joined));
        return Collections.unmodifiableMap(result);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static List<String> joined(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private CanonicalForm() {}
}
