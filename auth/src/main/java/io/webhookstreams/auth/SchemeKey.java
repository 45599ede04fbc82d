/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.util.ArrayList;
import java.util.List;

/** What a secret became for one scheme. Safe from any thread; printed as its name. */
sealed interface SchemeKey permits MacKey, PublicHalf, TokenKey {

    /** The secret's name. */
    String name();

    /** Whether one of these signatures, as sent, was made with this key over these pieces. */
    default boolean verifies(List<byte[]> content, List<String> signatures) {
        return verifies(content, signatures, Trace.NONE);
    }

    /** The same, telling what was expected where the key can make it. */
    boolean verifies(List<byte[]> content, List<String> signatures, Trace trace);

    /** One key per scheme, in their order. */
    static List<SchemeKey> forgeAll(SecretRef ref, Secret secret, List<SignatureScheme> schemes)
            throws SecretUnavailableException {
        List<SchemeKey> keys = new ArrayList<>(schemes.size());
        for (SignatureScheme scheme : schemes) {
            keys.add(forge(ref, secret, scheme));
        }
        return List.copyOf(keys);
    }

    private static SchemeKey forge(SecretRef ref, Secret secret, SignatureScheme scheme)
            throws SecretUnavailableException {
        return switch (scheme.algorithm().kind()) {
            case MAC -> MacKey.forge(ref, secret, scheme);
            case KEY_PAIR -> PublicHalf.forge(ref, secret, scheme);
            case TOKEN -> TokenKey.forge(ref, secret, scheme);
        };
    }
}
