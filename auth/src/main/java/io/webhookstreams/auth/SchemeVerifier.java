/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.Denied.Cause;

import java.time.Instant;
import java.util.List;

/** One scheme with its keys. Any key that made any of the signatures verifies the request. */
final class SchemeVerifier {

    private final String name;
    private final SchemeReader reader;
    private final boolean each;
    private final boolean tells;
    private final KeyRing<List<SchemeKey>> ring;
    private final int index;

    /**
     * @param each whether every credential must be known, since each stands for a part of the body
     * @param tells whether a signature is called wrong though some secret cannot be read
     * @param index the place of this scheme's key among those that a secret gave
     */
    SchemeVerifier(
            String name,
            SchemeReader reader,
            boolean each,
            boolean tells,
            KeyRing<List<SchemeKey>> ring,
            int index) {
        this.name = name;
        this.reader = reader;
        this.each = each;
        this.tells = tells;
        this.ring = ring;
        this.index = index;
    }

    SchemeReader reader() {
        return reader;
    }

    void precheck(RequestFields fields) throws RefusedException {
        reader.precheck(fields);
        Instant at = fields.request().receivedAt();
        KeyRing.Keys<List<SchemeKey>> live = ring.current();
        if (!live.isUsableAt(at) && !live.isCompleteAt(at)) {
            throw noKey();
        }
    }

    Verified verify(RequestFields fields, Trace trace) throws RefusedException {
        SchemeReader.Evidence evidence = reader.read(fields, trace);
        KeyRing.Keys<List<SchemeKey>> live = ring.current();
        Instant at = fields.request().receivedAt();
        KeyRing.Held<List<SchemeKey>> match =
                each ? ofEach(live, evidence, at, trace) : of(live, evidence, at, trace);
        if (match != null) {
            reader.checkTimeInBody(fields, trace);
            match.use().used(at);
            return new Verified(name, match.key().get(index).name());
        }
        throw refusal(live, evidence, at);
    }

    private RefusedException refusal(
            KeyRing.Keys<List<SchemeKey>> live, SchemeReader.Evidence evidence, Instant at) {
        for (KeyRing.Held<List<SchemeKey>> held : live.all()) {
            if (held.key() != null && !held.verifiesAt(at) && matches(held, evidence, Trace.NONE)) {
                return outsideTime(held);
            }
        }
        if (!live.isCompleteAt(at) && !(tells && live.isUsableAt(at))) {
            return noKey();
        }
        return new RefusedException(
                Cause.NO_MATCH,
                "signatures: "
                        + evidence.signatures().size()
                        + " (expected: one made with one of "
                        + live.all().size()
                        + " secrets over these bytes)");
    }

    private KeyRing.Held<List<SchemeKey>> of(
            KeyRing.Keys<List<SchemeKey>> live,
            SchemeReader.Evidence evidence,
            Instant at,
            Trace trace) {
        for (KeyRing.Held<List<SchemeKey>> held : live.all()) {
            boolean inTime = held.verifiesAt(at);
            boolean matches = inTime && matches(held, evidence, trace);
            tell(trace, held, inTime, matches);
            if (matches) {
                return held;
            }
        }
        return null;
    }

    static void tell(Trace trace, KeyRing.Held<?> held, boolean inTime, boolean matches) {
        if (inTime) {
            trace.tried(held.ref().name(), matches);
        } else {
            trace.skipped(held.ref(), held.key() != null);
        }
    }

    private boolean matches(
            KeyRing.Held<List<SchemeKey>> held, SchemeReader.Evidence evidence, Trace trace) {
        SchemeKey key = held.key().get(index);
        for (List<byte[]> content : evidence.contents()) {
            if (key.verifies(content, evidence.signatures(), trace)) {
                return true;
            }
        }
        return false;
    }

    /** The secret of the last one, where all of them have one. */
    private KeyRing.Held<List<SchemeKey>> ofEach(
            KeyRing.Keys<List<SchemeKey>> live,
            SchemeReader.Evidence evidence,
            Instant at,
            Trace trace) {
        KeyRing.Held<List<SchemeKey>> match = null;
        for (String signature : evidence.signatures()) {
            match =
                    of(
                            live,
                            new SchemeReader.Evidence(List.of(signature), evidence.contents()),
                            at,
                            trace);
            if (match == null) {
                return null;
            }
        }
        return match;
    }

    /** Counts it: the one failure that tells which secret its sender has. */
    static RefusedException outsideTime(KeyRing.Held<?> held) {
        held.use().refusedOutsideTime();
        return new RefusedException(
                Cause.NO_MATCH,
                "secret "
                        + held.ref().name()
                        + ": made the request (expected: one with "
                        + held.ref().validity()
                        + ")");
    }

    private static RefusedException noKey() {
        return new RefusedException(
                Cause.SECRET_UNAVAILABLE, "secrets: not all readable (expected: all)");
    }
}
