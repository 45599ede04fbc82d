/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import com.nimbusds.jose.JWSAlgorithm;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The algorithms that can be configured. {@code none} is not among them (RFC 8725, 3.1). */
final class JwtAlgorithms {

    static final Set<JWSAlgorithm> SHARED =
            Set.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512);

    /** EdDSA is not: the library would need Tink for it. */
    static final Set<JWSAlgorithm> PUBLIC =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);

    private static final List<String> NAMES =
            Stream.concat(SHARED.stream(), PUBLIC.stream())
                    .map(JWSAlgorithm::getName)
                    .sorted()
                    .toList();

    private JwtAlgorithms() {}

    /** All names, sorted. */
    static List<String> names() {
        return NAMES;
    }

    static Set<JWSAlgorithm> of(List<String> names) {
        return names.stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
    }
}
