/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import io.webhookstreams.auth.SecretRef;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges settings, all problems together, without reading a key. */
public final class JwtSettingsCheck {

    /** In lower case, as Entra ID writes it: the issuer is compared as it stands. */
    private static final Pattern TENANT_ID =
            Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Duration LONGEST_LEEWAY = Duration.ofMinutes(10);
    private static final Duration SHORTEST_REFRESH = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofDays(30);

    private final JwtSettings settings;
    private final List<String> problems = new ArrayList<>();

    private JwtSettingsCheck(JwtSettings settings) {
        this.settings = settings;
    }

    /**
     * Everything wrong, each as {@code auth.jwt.NAME: value (expected: …)}; empty if nothing is.
     *
     * @param pinned the claims whose value the configuration must give
     */
    public static List<String> problems(JwtSettings settings, List<String> pinned) {
        JwtSettingsCheck check = new JwtSettingsCheck(settings.inTenant());
        check.checkTenant(settings.isOfTenant());
        check.checkAlgorithms();
        check.checkKeys();
        check.checkWhoAndForWhom();
        check.checkClaims(pinned);
        check.checkTimes();
        if (settings.header() != null && !HEADER.matcher(settings.header()).matches()) {
            check.problem("header", settings.header(), "a header's name: " + HEADER.pattern());
        }
        return List.copyOf(check.problems);
    }

    private void checkTenant(boolean asked) {
        String tenant = settings.tenant();
        boolean sound = tenant != null && TENANT_ID.matcher(tenant).matches();
        if (asked && !sound) {
            problem(
                    "tenant",
                    tenant == null ? "missing" : tenant,
                    "the tenant's id, a GUID in lower case");
        } else if (!asked && tenant != null) {
            problem("tenant", tenant, "none but with entra-id and entra-id-v1");
        }
    }

    private void checkAlgorithms() {
        List<String> algorithms = settings.algorithms();
        String names = "any of " + String.join(", ", JwtAlgorithms.names());
        if (algorithms.isEmpty()) {
            problem("algorithms", "missing", names);
            return;
        }
        List<String> unknown =
                algorithms.stream().filter(name -> !JwtAlgorithms.names().contains(name)).toList();
        if (!unknown.isEmpty()) {
            problem("algorithms", String.join(", ", unknown), names);
        }
        long shared = algorithms.stream().filter(name -> name.startsWith("HS")).count();
        if (shared > 0 && shared < algorithms.size()) {
            problem(
                    "algorithms",
                    String.join(", ", algorithms),
                    "either HS… or others: a public key must never pass for a shared secret");
        }
    }

    private void checkKeys() {
        String jwks = settings.jwks();
        if (settings.isShared()) {
            if (jwks != null) {
                problem("jwks", jwks, "none with HS…, whose secret stands in auth.secrets");
            }
        } else if (jwks == null) {
            problem("jwks", "missing", "file:PATH or https://HOST/PATH");
        } else if (!settings.isOfTenant() && !isFile(jwks) && !isUrl(jwks)) {
            problem("jwks", jwks, "file:PATH or https://HOST/PATH; http only from this machine");
        }
    }

    private void checkWhoAndForWhom() {
        boolean bound = settings.bodyHashClaim() != null;
        if (settings.issuer() == null && !bound) {
            problem("issuer", "missing", "what iss must be");
        }
        if (settings.audiences().isEmpty() && !bound) {
            problem("audience", "missing", "what aud must contain: this stream's own name");
        }
        notBlank("issuer", settings.issuer());
        notBlank("body-hash-claim", settings.bodyHashClaim());
        settings.audiences().forEach(audience -> notBlank("audience", audience));
        settings.scopes().forEach(scope -> notBlank("scopes", scope));
    }

    private void checkClaims(List<String> pinned) {
        for (String claim : settings.claims()) {
            if (claim.isBlank() || claim.startsWith("=") || claim.endsWith("=")) {
                problem("claims", claim, "NAME or NAME=VALUE");
            }
        }
        for (String name : pinned) {
            if (settings.claims().stream().noneMatch(claim -> claim.startsWith(name + "="))) {
                problem("claims", "no " + name, name + "=VALUE among them");
            }
        }
    }

    private void checkTimes() {
        between("leeway", settings.leeway(), Duration.ZERO, LONGEST_LEEWAY);
        between("max-age", settings.maxAge(), Duration.ofSeconds(1), LONGEST);
        between("refresh-interval", settings.refreshInterval(), SHORTEST_REFRESH, LONGEST);
        between("outage-tolerance", settings.outageTolerance(), Duration.ZERO, LONGEST);
    }

    private void between(String name, Duration value, Duration least, Duration most) {
        if (value != null && (value.compareTo(least) < 0 || value.compareTo(most) > 0)) {
            problem(
                    name,
                    value.toSeconds() + " s",
                    least.toSeconds() + " s to " + most.toSeconds() + " s");
        }
    }

    private void notBlank(String name, String value) {
        if (value != null && value.isBlank()) {
            problem(name, "blank", "a text");
        }
    }

    private static boolean isFile(String jwks) {
        try {
            return SecretRef.parse(jwks).kind() == SecretRef.Kind.FILE;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isUrl(String jwks) {
        try {
            URI url = new URI(jwks);
            boolean secure = "https".equals(url.getScheme());
            boolean local = "http".equals(url.getScheme()) && LOCAL.contains(url.getHost());
            return (secure || local)
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void problem(String name, String value, String expected) {
        problems.add("auth.jwt." + name + ": " + safe(value) + " (expected: " + expected + ")");
    }

    private static String safe(String value) {
        String printable = value.replaceAll("[^ -~]", "?");
        return printable.length() > 200 ? printable.substring(0, 200) : printable;
    }
}
