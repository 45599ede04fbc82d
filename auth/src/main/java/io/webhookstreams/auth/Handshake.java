/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What a vendor asks of an endpoint before, or between, its events. Plain data from {@code
 * presets.yaml}; {@link Handshakes} answers it.
 *
 * @param about when it comes and what it is, for users; never null
 * @param rules at least one; the first that is for the request answers it
 */
public record Handshake(String about, List<HandshakeRule> rules) implements Serializable {

    public Handshake {
        Objects.requireNonNull(about, "handshake.about");
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("handshake.rules: 0 (expected: at least 1)");
        }
    }

    /** Whether an answer is made with the stream's own secret. */
    public boolean isComputed() {
        return rules.stream().anyMatch(HandshakeRule::isComputed);
    }

    /** Whether it asks for a URL to be fetched, which a configuration must allow. */
    public boolean fetches() {
        return rules.stream().anyMatch(rule -> rule.fetch() != null);
    }

    /** Whether any of its requests must never become an event: then it cannot be left out. */
    public boolean isNeverAnEvent() {
        return rules.stream().anyMatch(HandshakeRule::isNeverAnEvent);
    }

    /** Whether a verify token must be configured for it to be answered. */
    public boolean checksToken() {
        return rules.stream().anyMatch(rule -> rule.check() != null);
    }
}
