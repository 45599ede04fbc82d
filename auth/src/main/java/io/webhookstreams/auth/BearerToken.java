/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.Denied.Cause;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A token that may be presented, kept as its SHA-256: comparing digests takes the same time
 * whatever the lengths, and the token itself need not stay in memory.
 *
 * @param name the secret's name
 * @param digest not copied, never handed out
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a record.
record BearerToken(String name, byte[] digest) {

    private static final String SCHEME = "Bearer ";

    static BearerToken forge(SecretRef ref, Secret secret) throws SecretUnavailableException {
        for (byte b : secret.bytes()) {
            if (b <= ' ' || b > '~') {
                throw new SecretUnavailableException(
                        ref, "not a token (expected: visible ASCII without blanks)");
            }
        }
        return new BearerToken(secret.name(), sha256(secret.bytes()));
    }

    /** The digest of the token that a request presents (RFC 6750, 2.1). */
    static byte[] presentedBy(AuthRequest request, Trace trace) throws RefusedException {
        String value = new RequestFields(request).header("authorization", Cause.MISSING_CREDENTIAL);
        trace.token("header:authorization", value.length());
        String token = isBearer(value) ? value.substring(SCHEME.length()).strip() : "";
        if (token.isEmpty() || token.indexOf(' ') >= 0) {
            throw new RefusedException(
                    Cause.MALFORMED_CREDENTIAL,
                    "authorization: " + value.length() + " characters (expected: Bearer TOKEN)");
        }
        return sha256(token.getBytes(StandardCharsets.US_ASCII));
    }

    boolean matches(byte[] presented) {
        return MessageDigest.isEqual(digest, presented);
    }

    @Override
    public String toString() {
        return name;
    }

    private static boolean isBearer(String value) {
        return value.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
