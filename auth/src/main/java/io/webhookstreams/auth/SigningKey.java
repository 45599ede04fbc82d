/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.util.List;

/** What a secret is to a sender. Safe from any thread; printed as its name. */
sealed interface SigningKey permits MacKey, PrivateHalf, TokenKey.Shown {

    /** The credential over these pieces in a row, written as the vendor writes it. */
    String sign(List<byte[]> content);

    /**
     * Makes one of a secret: the same as the verifier's, but for key pairs their private half.
     *
     * @throws SecretUnavailableException if it is no key of this scheme
     */
    static SigningKey forge(SecretRef ref, Secret secret, SignatureScheme scheme)
            throws SecretUnavailableException {
        return switch (scheme.algorithm().kind()) {
            case MAC -> MacKey.forge(ref, secret, scheme);
            case KEY_PAIR -> PrivateHalf.forge(ref, secret, scheme);
            case TOKEN -> TokenKey.Shown.forge(ref, secret, scheme);
        };
    }
}
