/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.Denied.Cause;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ties a body to a digest of it that stands among what is signed. */
final class BodyBinding {

    private final FieldSource from;
    private final Field field;

    BodyBinding(FieldSource from) {
        this.from = from;
        this.field = new Field(from);
    }

    void check(RequestFields fields, Trace trace) throws RefusedException {
        String found = field.value(fields);
        trace.found(from, found);
        String digest = digest(fields.request().body());
        trace.fact("SHA-256 of the body", digest);
        byte[] given = found.getBytes(StandardCharsets.US_ASCII);
        byte[] made = digest.getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(given, made)) {
            throw new RefusedException(
                    Cause.NO_MATCH, from + ": another (expected: the SHA-256 of this body, hex)");
        }
    }

    static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
