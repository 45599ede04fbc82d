/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A set of public keys at one moment (RFC 7517, 5), by their ids. Immutable. */
public final class JwtKeys {

    private static final int MOST_KEYS = 100;

    private final Map<String, List<JwtKey>> byId;

    private JwtKeys(Map<String, List<JwtKey>> byId) {
        this.byId = byId;
    }

    /**
     * Reads a JWK set. Keys that cannot verify a signature here are left out: those without an id,
     * for encryption, symmetric ones, weak ones.
     *
     * @throws IllegalArgumentException if it is no JWK set, or nothing is left
     */
    public static JwtKeys parse(byte[] json) {
        try {
            List<JWK> all = JWKSet.parse(new String(json, StandardCharsets.UTF_8)).getKeys();
            Map<String, List<JwtKey>> byId = new HashMap<>();
            for (JWK jwk : all.subList(0, Math.min(all.size(), MOST_KEYS))) {
                JwtKey.of(jwk)
                        .ifPresent(
                                key ->
                                        byId.computeIfAbsent(key.name(), id -> new ArrayList<>())
                                                .add(key));
            }
            if (byId.isEmpty()) {
                throw new IllegalArgumentException(
                        all.size()
                                + " keys, none of use (expected: RSA of 2048 bits or more, or EC,"
                                + " with a kid)");
            }
            return new JwtKeys(byId);
        } catch (ParseException | JOSEException e) {
            // Not as the cause: its message quotes what was read.
            throw new IllegalArgumentException(json.length + " bytes (expected: a JWK set)");
        }
    }

    /** Those of the header's id and algorithm. */
    public List<JwtKey> find(JWSHeader header) {
        return byId.getOrDefault(header.getKeyID(), List.of()).stream()
                .filter(key -> key.suits(header))
                .toList();
    }

    boolean has(String id) {
        return byId.containsKey(id);
    }

    /** How many ids. */
    int size() {
        return byId.size();
    }
}
