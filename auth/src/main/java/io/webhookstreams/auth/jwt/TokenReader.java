/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.SignedJWT;

import io.webhookstreams.auth.AuthRequest;
import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.auth.Trace;

import java.text.ParseException;
import java.util.List;

/** Takes the token out of a request, strictly; trusts nothing in it. Safe from any thread. */
final class TokenReader {

    /**
     * More than any issuer's token with groups and roles has; checked before anything is parsed.
     */
    static final int MAX_TOKEN = 8192;

    /** More than any key's id has. */
    static final int MAX_KEY_ID = 256;

    private static final String BEARER = "Bearer ";

    private final String header;
    private final boolean bearer;
    private final boolean needsKeyId;

    /**
     * @param header the one that carries the token alone; null for {@code Authorization: Bearer}
     */
    TokenReader(String header, boolean needsKeyId) {
        this.bearer = header == null || header.equalsIgnoreCase("authorization");
        this.header = bearer ? "authorization" : header;
        this.needsKeyId = needsKeyId;
    }

    String header() {
        return header;
    }

    SignedJWT read(AuthRequest request, Trace trace) throws TokenRefused {
        String text = text(request);
        trace.token(header, text.length());
        try {
            // Refuses tokens without a signature ({@code alg: none}) and encrypted ones.
            SignedJWT token = SignedJWT.parse(text);
            requirePlainHeader(token.getHeader());
            return token;
        } catch (ParseException | IllegalArgumentException e) {
            // Not as the cause: its message quotes the token.
            throw malformed(text.length() + " characters (expected: a signed JWT)");
        }
    }

    private String text(AuthRequest request) throws TokenRefused {
        List<String> values = request.headers(header);
        if (values.size() > 1) {
            throw new TokenRefused(
                    Cause.DUPLICATE_CREDENTIAL, header + ": " + values.size() + " (expected: 1)");
        }
        if (values.isEmpty() || values.get(0).isEmpty()) {
            throw new TokenRefused(Cause.MISSING_CREDENTIAL, header + ": absent (expected: 1)");
        }
        String value = values.get(0);
        if (value.length() > MAX_TOKEN) {
            throw malformed(value.length() + " characters (expected: at most " + MAX_TOKEN + ")");
        }
        String token = bearer ? withoutScheme(value) : value;
        if (!token.chars().allMatch(TokenReader::isCompactCharacter)) {
            throw malformed(value.length() + " characters (expected: base64url with dots)");
        }
        return token;
    }

    private String withoutScheme(String value) throws TokenRefused {
        if (!value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw malformed(value.length() + " characters (expected: Bearer TOKEN)");
        }
        return value.substring(BEARER.length()).strip();
    }

    /** No extension is understood (RFC 7515, 4.1.11), and a JWT's payload is always encoded. */
    private void requirePlainHeader(JWSHeader jose) throws TokenRefused {
        if (jose.getCriticalParams() != null || !jose.isBase64URLEncodePayload()) {
            throw malformed("critical header parameters (expected: none)");
        }
        String id = jose.getKeyID();
        if (needsKeyId && (id == null || id.isEmpty() || id.length() > MAX_KEY_ID)) {
            throw malformed("kid absent or long (expected: 1 to " + MAX_KEY_ID + " characters)");
        }
    }

    private TokenRefused malformed(String detail) {
        return new TokenRefused(Cause.MALFORMED_CREDENTIAL, header + ": " + detail);
    }

    private static boolean isCompactCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.';
    }
}
