/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Which tokens a stream takes. Serializable and free of secrets: it travels in the job graph. Holds
 * whatever a configuration says; {@link JwtSettingsCheck} judges it.
 *
 * @param jwks where the public keys stand, {@code file:PATH} or a URL; null for tokens with an HMAC
 * @param issuer what {@code iss} must be; null for anything
 * @param audiences one of which {@code aud} must contain; empty for anything
 * @param algorithms the names of RFC 7518 that are taken, for example {@code RS256}
 * @param leeway how far this clock and the issuer's may differ; null for {@link #DEFAULT_LEEWAY}
 * @param maxAge how old {@code iat} may be; null for any age, and then {@code exp} must be there
 * @param claims each {@code NAME}, which must be there, or {@code NAME=VALUE}, which must be equal
 * @param scopes what the token must allow, all of it (RFC 8693, 4.2)
 * @param bodyHashClaim the claim that holds the body's SHA-256 in hex; null for none
 * @param header the header that carries the token; null for {@code Authorization: Bearer}
 * @param refreshInterval how often keys are fetched; null for {@link #DEFAULT_REFRESH_INTERVAL}
 * @param outageTolerance how long fetched keys are used while they cannot be fetched again; null
 *     for {@link #DEFAULT_OUTAGE_TOLERANCE}
 * @param tenant what stands for {@value #TENANT} in the preset's issuer and URL of the keys; null
 *     where nothing does
 */
public record JwtSettings(
        String jwks,
        String issuer,
        List<String> audiences,
        List<String> algorithms,
        Duration leeway,
        Duration maxAge,
        List<String> claims,
        List<String> scopes,
        String bodyHashClaim,
        String header,
        Duration refreshInterval,
        Duration outageTolerance,
        String tenant)
        implements Serializable {

    /** Stands for the tenant in a preset. */
    static final String TENANT = "{tenant}";

    public static final Duration DEFAULT_LEEWAY = Duration.ofSeconds(60);
    public static final Duration DEFAULT_REFRESH_INTERVAL = Duration.ofMinutes(5);
    public static final Duration DEFAULT_OUTAGE_TOLERANCE = Duration.ofHours(6);

    /** Nothing is said. */
    public static final JwtSettings EMPTY =
            new JwtSettings(
                    null, null, null, null, null, null, null, null, null, null, null, null, null);

    public JwtSettings {
        audiences = copy(audiences);
        algorithms = copy(algorithms);
        claims = copy(claims);
        scopes = copy(scopes);
    }

    /** These, and where they say nothing those; the claims and scopes of both. */
    public JwtSettings over(JwtSettings preset) {
        return new JwtSettings(
                either(jwks, preset.jwks),
                either(issuer, preset.issuer),
                audiences.isEmpty() ? preset.audiences : audiences,
                algorithms.isEmpty() ? preset.algorithms : algorithms,
                either(leeway, preset.leeway),
                either(maxAge, preset.maxAge),
                both(preset.claims, claims),
                both(preset.scopes, scopes),
                either(bodyHashClaim, preset.bodyHashClaim),
                either(header, preset.header),
                either(refreshInterval, preset.refreshInterval),
                either(outageTolerance, preset.outageTolerance),
                either(tenant, preset.tenant));
    }

    /** Whether they are of one tenant, which must be said. */
    public boolean isOfTenant() {
        return has(issuer) || has(jwks);
    }

    /** The same for the tenant that they say; unchanged without one. */
    public JwtSettings inTenant() {
        return new JwtSettings(
                filled(jwks),
                filled(issuer),
                audiences,
                algorithms,
                leeway,
                maxAge,
                claims,
                scopes,
                bodyHashClaim,
                header,
                refreshInterval,
                outageTolerance,
                tenant);
    }

    private String filled(String text) {
        return tenant == null || text == null ? text : text.replace(TENANT, tenant);
    }

    private static boolean has(String text) {
        return text != null && text.contains(TENANT);
    }

    /** Whether the algorithms are those of a shared secret. */
    public boolean isShared() {
        return !algorithms.isEmpty() && algorithms.get(0).startsWith("HS");
    }

    Duration leewayOrDefault() {
        return Objects.requireNonNullElse(leeway, DEFAULT_LEEWAY);
    }

    private static <T> T either(T mine, T other) {
        return mine == null ? other : mine;
    }

    private static List<String> both(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all.stream().distinct().toList();
    }

    private static List<String> copy(List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
