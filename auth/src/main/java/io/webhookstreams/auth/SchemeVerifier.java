/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.Denied.Cause;

import java.util.List;

/** One scheme with its keys. Any key that made any of the signatures verifies the request. */
final class SchemeVerifier {

    private final String name;
    private final SchemeReader reader;
    private final boolean each;
    private final KeyRing<List<SchemeKey>> ring;
    private final int index;

    /**
     * @param each whether every credential must be known, since each stands for a part of the body
     * @param index the place of this scheme's key among those that a secret gave
     */
    SchemeVerifier(
            String name,
            SchemeReader reader,
            boolean each,
            KeyRing<List<SchemeKey>> ring,
            int index) {
        this.name = name;
        this.reader = reader;
        this.each = each;
        this.ring = ring;
        this.index = index;
    }

    SchemeReader reader() {
        return reader;
    }

    void precheck(RequestFields fields) throws RefusedException {
        reader.precheck(fields);
        if (ring.current().keys().isEmpty()) {
            throw noKey();
        }
    }

    Verified verify(RequestFields fields) throws RefusedException {
        SchemeReader.Evidence evidence = reader.read(fields);
        KeyRing.Keys<List<SchemeKey>> live = ring.current();
        SchemeKey key = each ? ofEach(live, evidence) : of(live, evidence);
        if (key != null) {
            reader.checkTimeInBody(fields);
            return new Verified(name, key.name());
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

    private SchemeKey of(KeyRing.Keys<List<SchemeKey>> live, SchemeReader.Evidence evidence) {
        for (List<SchemeKey> keys : live.keys()) {
            SchemeKey key = keys.get(index);
            for (List<byte[]> content : evidence.contents()) {
                if (key.verifies(content, evidence.signatures())) {
                    return key;
                }
            }
        }
        return null;
    }

    /** The key of the last one, where all of them have one. */
    private SchemeKey ofEach(KeyRing.Keys<List<SchemeKey>> live, SchemeReader.Evidence evidence) {
        SchemeKey key = null;
        for (String signature : evidence.signatures()) {
            key = of(live, new SchemeReader.Evidence(List.of(signature), evidence.contents()));
            if (key == null) {
                return null;
            }
        }
        return key;
    }

    private static RefusedException noKey() {
        return new RefusedException(
                Cause.SECRET_UNAVAILABLE, "secrets: not all readable (expected: all)");
    }
}
