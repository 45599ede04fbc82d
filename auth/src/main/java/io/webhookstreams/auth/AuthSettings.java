/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * How one stream's requests are verified. Serializable, and free of secrets: it travels in the job
 * graph. Holds whatever a configuration says; {@link AuthSchemes#problems} judges it.
 *
 * @param type one of {@link AuthSchemes#types()}; null where a configuration leaves it out
 * @param secrets the references, newest first: any of them verifies, the first one signs; never
 *     null
 * @param tolerancePast how old a signed time may be; null for the vendor's own rule
 * @param toleranceFuture how far ahead a signed time may be; null for the vendor's own rule
 */
public record AuthSettings(
        String type, List<SecretRef> secrets, Duration tolerancePast, Duration toleranceFuture)
        implements Serializable {

    public AuthSettings {
        secrets = List.copyOf(secrets);
    }

    /** Settings with the vendor's own tolerances. */
    public static AuthSettings of(String type, SecretRef... secrets) {
        return new AuthSettings(type, List.of(secrets), null, null);
    }
}
