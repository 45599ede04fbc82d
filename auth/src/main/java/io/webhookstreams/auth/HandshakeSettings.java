/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.io.Serializable;
import java.util.List;

/**
 * The handshakes that one stream answers. Serializable, and free of secrets: it travels in the job
 * graph.
 *
 * @param rules what is answered; empty for nothing
 * @param verifyToken the token that some vendors' handshakes must show; null where none is
 *     configured
 * @param mayFetch whether URLs in handshakes may be fetched
 * @param perMinute requests a minute that a sender is granted which asks; null for any number
 */
public record HandshakeSettings(
        List<HandshakeRule> rules, SecretRef verifyToken, boolean mayFetch, Integer perMinute)
        implements Serializable {

    public HandshakeSettings {
        rules = List.copyOf(rules);
    }

    /**
     * What of a handshake can be answered: without a verify token, nothing that must show one.
     *
     * @param handshake null for none
     * @param verifyToken null for none
     * @param mayFetch whether URLs in handshakes may be fetched
     */
    public static HandshakeSettings of(
            Handshake handshake, SecretRef verifyToken, boolean mayFetch) {
        List<HandshakeRule> rules = handshake == null ? List.of() : handshake.rules();
        return new HandshakeSettings(
                rules.stream().filter(rule -> rule.check() == null || verifyToken != null).toList(),
                verifyToken,
                mayFetch,
                null);
    }

    /** The same with the requests a minute that it grants; null for any number. */
    public HandshakeSettings grantingPerMinute(Integer requests) {
        return new HandshakeSettings(rules, verifyToken, mayFetch, requests);
    }
}
