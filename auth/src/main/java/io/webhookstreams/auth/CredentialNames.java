/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names under which senders of any kind show what can be used again: what is kept of requests that
 * were refused must not have it, though they came to the wrong stream. Signatures are none: they
 * are worth nothing without their body.
 */
public final class CredentialNames {

    private static final Pattern TELLING =
            Pattern.compile(
                    ".*(?:token|secret|passw|credential|api[-_]?key|authorization|cookie).*");

    private static final Set<String> HEADERS = headers();
    private static final Set<String> PARAMETERS = parameters();

    private CredentialNames() {}

    /** Whether a header, in lower case, may carry one. */
    public static boolean isHeader(String name) {
        return HEADERS.contains(name) || isTelling(name);
    }

    /** Whether a query parameter, in lower case, may be one. */
    public static boolean isParameter(String name) {
        return PARAMETERS.contains(name) || isTelling(name);
    }

    private static boolean isTelling(String name) {
        return TELLING.matcher(name).matches() && !name.contains("signature");
    }

    private static Set<String> headers() {
        Set<String> names = new HashSet<>(Verifier.ALWAYS_CREDENTIAL_HEADERS);
        names.addAll(tokens(FieldSource.Kind.HEADER));
        Presets.all().stream()
                .filter(preset -> preset.jwt() != null && preset.jwt().header() != null)
                .map(preset -> preset.jwt().header().toLowerCase(Locale.ROOT))
                .forEach(names::add);
        return Set.copyOf(names);
    }

    private static Set<String> parameters() {
        return Stream.concat(
                        Verifier.ALWAYS_CREDENTIAL_QUERY_PARAMETERS.stream(),
                        tokens(FieldSource.Kind.QUERY).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> tokens(FieldSource.Kind kind) {
        return Presets.all().stream()
                .flatMap(preset -> preset.schemes().stream())
                .filter(scheme -> !scheme.algorithm().signs())
                .map(scheme -> scheme.signature().from())
                .filter(from -> from.kind() == kind)
                .map(from -> from.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
