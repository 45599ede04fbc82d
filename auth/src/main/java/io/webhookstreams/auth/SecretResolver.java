/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

/**
 * Turns a reference into its secret, on the machine where requests arrive. {@link LocalSecrets} is
 * the real one. Called when a verifier or signer is opened and on every {@link Verifier#refresh},
 * from one thread at a time; may read files.
 */
@FunctionalInterface
public interface SecretResolver {

    /**
     * The secret as it is now; never null.
     *
     * @throws SecretUnavailableException if it cannot be had
     */
    Secret resolve(SecretRef ref) throws SecretUnavailableException;
}
