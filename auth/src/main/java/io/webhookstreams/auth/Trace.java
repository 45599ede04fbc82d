/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Is told what a verifier does, while it does it: so an explanation cannot disagree with the
 * decision. Called on the verifier's thread, in the order of its steps; must not throw and changes
 * nothing. Request threads pass {@link #NONE}: what is passed is at hand anyway, never made for it.
 *
 * <p>A place is what {@code toString} says of it, for example {@code header:x-signature}. Tokens,
 * which whoever reads them can use, are never passed, only their lengths. An expected digest is:
 * whoever has it can send that very body.
 */
public interface Trace {

    /** Listens to nothing. */
    Trace NONE = new Trace() {};

    /** A scheme was considered, and is for the request or not. */
    default void scheme(SignatureScheme scheme, boolean applies) {}

    /** A field was looked at; {@code text} as it stands there. */
    default void found(Object place, String text) {}

    /** A field holds what must not be told. */
    default void token(Object place, int characters) {}

    /** What was taken for signatures. */
    default void signatures(List<String> signatures) {}

    /**
     * A time was read.
     *
     * @param signedAt null where the text is no time of the expected form
     * @param form the expected form, by its {@code toString}
     * @param past how old it may be; null for any age
     * @param future how far ahead it may be; null for any distance
     */
    default void time(
            Object place,
            String text,
            Instant signedAt,
            Object form,
            Instant receivedAt,
            Duration past,
            Duration future) {}

    /** The bytes that are signed, in pieces; not copied. Several times where they may vary. */
    default void content(List<byte[]> pieces) {}

    /** A secret made what was expected, written as the vendor writes it. */
    default void expected(String secretName, String digest) {}

    /** A secret or key was tried over the content, or compared. */
    default void tried(String secretName, boolean matches) {}

    /** A secret was not tried. */
    default void skipped(SecretRef secret, boolean readable) {}

    /** Anything else that was read and matters; no secret. */
    default void fact(String name, Object value) {}
}
