/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.Denied.Cause;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** One scheme with its keys. Any key that made any of the signatures verifies the request. */
final class SchemeVerifier {

    private final String name;
    private final SchemeReader reader;
    private final KeyRing<List<MacKey>> ring;
    private final int index;

    /** {@code index} is the place of this scheme's key among those that a secret gave. */
    SchemeVerifier(String name, SchemeReader reader, KeyRing<List<MacKey>> ring, int index) {
        this.name = name;
        this.reader = reader;
        this.ring = ring;
        this.index = index;
    }

    boolean appliesTo(AuthRequest request) {
        return reader.appliesTo(request);
    }

    void precheck(AuthRequest request) throws RefusedException {
        reader.precheck(request);
        if (ring.current().keys().isEmpty()) {
            throw noKey();
        }
    }

    Verified verify(AuthRequest request) throws RefusedException {
        SchemeReader.Evidence evidence = reader.read(request);
        KeyRing.Keys<List<MacKey>> live = ring.current();
        for (List<MacKey> keys : live.keys()) {
            MacKey key = keys.get(index);
            if (matches(key.sign(evidence.content()), evidence.signatures())) {
                return new Verified(name, key.name());
            }
        }
        if (!live.complete()) {
            throw noKey();
        }
        throw new RefusedException(
                Cause.NO_MATCH,
                "signatures: "
                        + evidence.signatures().size()
                        + " (expected: one made with one of "
                        + live.keys().size()
                        + " secrets over these bytes)");
    }

    private static boolean matches(String made, List<String> sent) {
        byte[] expected = made.getBytes(StandardCharsets.US_ASCII);
        for (String signature : sent) {
            // Constant time: how far a guess was right must not be measurable.
            if (MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII))) {
                return true;
            }
        }
        return false;
    }

    private static RefusedException noKey() {
        return new RefusedException(
                Cause.SECRET_UNAVAILABLE, "secrets: not all readable (expected: all)");
    }
}
