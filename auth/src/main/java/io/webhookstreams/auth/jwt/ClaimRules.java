/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import com.nimbusds.jwt.JWTClaimsSet;

import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.auth.Trace;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** What the claims of a token must say. Reads claims whose signature is good. Any thread. */
final class ClaimRules {

    private final JwtSettings settings;
    private final Duration leeway;

    ClaimRules(JwtSettings settings) {
        this.settings = settings;
        this.leeway = settings.leewayOrDefault();
    }

    /** Checks all but the body's hash. */
    void check(JWTClaimsSet claims, Instant now, Trace trace) throws TokenRefused {
        tell(claims, now, trace);
        checkTimes(claims, now);
        if (settings.issuer() != null && !settings.issuer().equals(claims.getIssuer())) {
            throw noMatch("iss");
        }
        List<String> audiences = settings.audiences();
        if (!audiences.isEmpty() && claims.getAudience().stream().noneMatch(audiences::contains)) {
            throw noMatch("aud");
        }
        for (String claim : settings.claims()) {
            checkClaim(claims, claim, trace);
        }
        trace.fact("scope", claims.getClaim("scope"));
        if (!scopes(claims).containsAll(settings.scopes())) {
            throw noMatch("scope");
        }
        if (settings.bodyHashClaim() != null) {
            hashIn(claims);
        }
    }

    /** Whether the token was made for these bytes, where the issuer says so. */
    void checkBody(JWTClaimsSet claims, byte[] body, Trace trace) throws TokenRefused {
        if (settings.bodyHashClaim() == null) {
            return;
        }
        byte[] given = hashIn(claims);
        String made = hash(body);
        trace.fact(settings.bodyHashClaim(), claims.getClaim(settings.bodyHashClaim()));
        trace.fact("SHA-256 of the body", made);
        if (!MessageDigest.isEqual(given, made.getBytes(ascii()))) {
            throw noMatch(settings.bodyHashClaim());
        }
    }

    /** The form in which issuers write it. */
    static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private void tell(JWTClaimsSet claims, Instant now, Trace trace) {
        if (trace == Trace.NONE) {
            return;
        }
        trace.fact("iss", claims.getIssuer());
        trace.fact("aud", claims.getClaim("aud"));
        trace.fact("nbf", instant(claims.getNotBeforeTime()));
        trace.fact("exp", instant(claims.getExpirationTime()));
        Instant issued = instant(claims.getIssueTime());
        if (issued != null) {
            String seconds = Long.toString(issued.getEpochSecond());
            trace.time("iat", seconds, issued, "s", now, settings.maxAge(), leeway);
        }
    }

    private static Instant instant(Date date) {
        return date == null ? null : date.toInstant();
    }

    private void checkTimes(JWTClaimsSet claims, Instant now) throws TokenRefused {
        Date expires = claims.getExpirationTime();
        Date issued = claims.getIssueTime();
        Duration maxAge = settings.maxAge();
        if (expires == null && maxAge == null) {
            throw new TokenRefused(Cause.MALFORMED_CREDENTIAL, "exp: absent (expected: a time)");
        }
        if (issued == null && maxAge != null) {
            throw new TokenRefused(Cause.MALFORMED_CREDENTIAL, "iat: absent (expected: a time)");
        }
        boolean expired = expires != null && !now.isBefore(expires.toInstant().plus(leeway));
        boolean old = maxAge != null && now.isAfter(issued.toInstant().plus(maxAge));
        if (expired || old) {
            throw new TokenRefused(Cause.TIMESTAMP_TOO_OLD, expired ? "exp: past" : "iat: too old");
        }
        requireNotAhead("nbf", claims.getNotBeforeTime(), now);
        requireNotAhead("iat", issued, now);
    }

    private void requireNotAhead(String name, Date time, Instant now) throws TokenRefused {
        if (time != null && now.plus(leeway).isBefore(time.toInstant())) {
            throw new TokenRefused(Cause.TIMESTAMP_TOO_NEW, name + ": ahead of this clock");
        }
    }

    private static void checkClaim(JWTClaimsSet claims, String rule, Trace trace)
            throws TokenRefused {
        int equals = rule.indexOf('=');
        String name = equals < 0 ? rule : rule.substring(0, equals);
        Object value = claims.getClaim(name);
        trace.fact(name, value);
        boolean fits =
                equals < 0 ? value != null : value != null && is(value, rule.substring(equals + 1));
        if (!fits) {
            throw noMatch(name);
        }
    }

    /** Equal as text; of several values any, as Entra ID's {@code roles}. */
    private static boolean is(Object value, String wanted) {
        if (value instanceof Collection<?> several) {
            return several.stream().anyMatch(one -> one != null && is(one, wanted));
        }
        boolean scalar =
                value instanceof String || value instanceof Boolean || value instanceof Number;
        return scalar && value.toString().equals(wanted);
    }

    /** {@code scope} with blanks between (RFC 8693, 4.2); some issuers write {@code scp}. */
    private static Set<String> scopes(JWTClaimsSet claims) {
        Set<String> scopes = new HashSet<>();
        for (String name : List.of("scope", "scp")) {
            Object value = claims.getClaim(name);
            if (value instanceof String text) {
                scopes.addAll(Arrays.asList(text.split(" ")));
            } else if (value instanceof Collection<?> several) {
                several.forEach(one -> scopes.add(String.valueOf(one)));
            }
        }
        return scopes;
    }

    private byte[] hashIn(JWTClaimsSet claims) throws TokenRefused {
        if (claims.getClaim(settings.bodyHashClaim()) instanceof String hash) {
            return hash.getBytes(ascii());
        }
        throw new TokenRefused(
                Cause.MISSING_CONTENT, settings.bodyHashClaim() + ": absent (expected: a digest)");
    }

    private static Charset ascii() {
        return StandardCharsets.US_ASCII;
    }

    private static TokenRefused noMatch(String claim) {
        return new TokenRefused(Cause.NO_MATCH, claim + ": another (expected: as configured)");
    }
}
