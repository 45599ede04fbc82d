/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.util.Objects;

/**
 * The sender holds a secret of the stream.
 *
 * @param scheme the {@link AuthSettings#type() type} that verified it
 * @param secretName the {@linkplain SecretRef#name() name} of the secret that matched, never the
 *     secret; {@code -} where there is none
 */
public record Verified(String scheme, String secretName) implements Decision {

    /** What stands for the secret's name where a scheme has no secret. */
    public static final String NO_SECRET = "-";

    public Verified {
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(secretName, "secretName");
    }
}
