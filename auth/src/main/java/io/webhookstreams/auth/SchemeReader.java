/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.core.JsonPointer;

import io.webhookstreams.auth.Denied.Cause;

import java.util.List;

/**
 * A scheme, compiled: takes out of a request what it signs and the signatures that came with it.
 * Knows no key. Safe from any thread.
 */
final class SchemeReader {

    private final SignatureScheme scheme;
    private final ContentTemplate content;
    private final SignatureText.Grammar grammar;
    private final Freshness freshness;

    /**
     * What a request brings forward.
     *
     * @param signatures the candidates, as sent
     * @param content the signed bytes, in pieces
     */
    record Evidence(List<String> signatures, List<byte[]> content) {}

    /**
     * Compiles a scheme.
     *
     * @throws IllegalArgumentException if it needs what is not implemented, or contradicts itself
     */
    SchemeReader(SignatureScheme scheme) {
        this.scheme = scheme;
        this.content = ContentTemplate.compile(scheme.content());
        SignatureScheme.Timestamp time = scheme.timestamp();
        this.freshness = time == null ? null : new Freshness(time);
        this.grammar =
                new SignatureText.Grammar(
                        scheme.signature(), scheme.algorithm(), timestampKey(time));
        requireSignedTime();
    }

    /** Whether the request has the field that holds this scheme's signature. */
    boolean appliesTo(AuthRequest request) {
        return switch (signatureSource().kind()) {
            case HEADER -> !request.headers(signatureSource().name()).isEmpty();
            case JSON -> true;
            case SIG -> false;
        };
    }

    /** Refuses what the headers alone condemn. */
    void precheck(AuthRequest request) throws RefusedException {
        RequestFields fields = new RequestFields(request);
        if (!signatureSource().needsBody()) {
            SignatureText signature = signature(fields);
            if (freshness != null && !scheme.timestamp().from().needsBody()) {
                freshness.check(timestamp(fields, signature), request.receivedAt());
            }
        }
        content.checkHeaders(fields);
    }

    Evidence read(AuthRequest request) throws RefusedException {
        RequestFields fields = new RequestFields(request);
        SignatureText signature = signature(fields);
        String time = null;
        if (freshness != null) {
            time = timestamp(fields, signature);
            freshness.check(time, request.receivedAt());
        }
        return new Evidence(signature.signatures(), content.render(fields, time));
    }

    private SignatureText signature(RequestFields fields) throws RefusedException {
        return grammar.parse(field(fields, signatureSource()));
    }

    private String timestamp(RequestFields fields, SignatureText signature)
            throws RefusedException {
        FieldSource from = scheme.timestamp().from();
        if (from.kind() != FieldSource.Kind.SIG) {
            return field(fields, from);
        }
        if (signature.timestamp() == null) {
            throw new RefusedException(Cause.MISSING_CREDENTIAL, from + ": absent (expected: 1)");
        }
        return signature.timestamp();
    }

    private static String field(RequestFields fields, FieldSource from) throws RefusedException {
        return from.kind() == FieldSource.Kind.JSON
                ? fields.json(JsonPointer.compile(from.name()), Cause.MISSING_CREDENTIAL)
                : fields.header(from.name(), Cause.MISSING_CREDENTIAL);
    }

    private FieldSource signatureSource() {
        return scheme.signature().from();
    }

    private static String timestampKey(SignatureScheme.Timestamp time) {
        return time != null && time.from().kind() == FieldSource.Kind.SIG
                ? time.from().name()
                : null;
    }

    /** A time outside the signed content proves nothing; one in the body is signed with it. */
    private void requireSignedTime() {
        SignatureScheme.Timestamp time = scheme.timestamp();
        boolean mustSign = time != null && !time.from().needsBody();
        boolean cannotSign = time == null;
        boolean signs = content.signsTimestamp();
        if ((mustSign && !signs) || (cannotSign && signs)) {
            throw new IllegalArgumentException(
                    "content: " + scheme.content() + " (expected: {ts} exactly with timestamp)");
        }
    }
}
