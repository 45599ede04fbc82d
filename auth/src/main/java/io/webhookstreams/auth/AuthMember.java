/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.io.Serializable;
import java.util.Objects;

/**
 * One way of several in which requests prove themselves.
 *
 * @param name what the configuration calls it: how its secrets are told from those of others
 * @param settings what it asks for
 */
public record AuthMember(String name, AuthSettings settings) implements Serializable {

    public AuthMember {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(settings, "settings");
    }
}
