/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.ContentAtom.Scene;
import io.webhookstreams.auth.ContentAtom.Simple;
import io.webhookstreams.auth.Denied.Cause;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A scheme, compiled: takes out of a request what it signs and the signatures that came with it.
 * Knows no key. Safe from any thread.
 */
final class SchemeReader {

    private static final List<String> NO_URL = List.of("");
    private static final Site ANYWHERE = new Site("https://localhost");

    private final SignatureScheme scheme;
    private final Condition when;
    private final Field signature;
    private final Field time;
    private final boolean timeInBody;
    private final ContentTemplate content;
    private final List<Border> borders;
    private final List<String> bases;
    private final BodyBinding bind;
    private final SignatureText.Grammar grammar;
    private final Freshness freshness;

    /**
     * What a request brings forward.
     *
     * @param signatures the candidates, as sent
     * @param contents the signed bytes, in pieces; several where the URL may be written in several
     *     ways, one empty where nothing is signed
     */
    record Evidence(List<String> signatures, List<List<byte[]>> contents) {}

    /**
     * Compiles a scheme.
     *
     * @throws IllegalArgumentException if it needs what is not there, or contradicts itself
     */
    SchemeReader(SignatureScheme scheme, Site site) {
        this.scheme = scheme;
        this.when = scheme.when() == null ? null : new Condition(scheme.when());
        this.signature = new Field(scheme.signature().from());
        this.content = ContentTemplate.compile(scheme.content() == null ? "" : scheme.content());
        this.bases = content.has(Simple.URL) ? site.bases(scheme.url()) : NO_URL;
        this.bind = scheme.bind() == null ? null : new BodyBinding(scheme.bind());
        SignatureScheme.Timestamp stamp = scheme.timestamp();
        this.borders = content.borders(stamp);
        this.freshness = stamp == null ? null : new Freshness(stamp);
        this.time = stamp == null || isInSignature(stamp) ? null : new Field(stamp.from());
        this.timeInBody = time != null && stamp.from().needsBody() && !content.has(Simple.TS);
        this.grammar =
                new SignatureText.Grammar(
                        scheme.signature(), scheme.algorithm(), timestampKey(stamp));
        List<String> flaws = flaws();
        if (!flaws.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", flaws));
        }
    }

    /** What is wrong with a scheme beyond its single parts; empty if nothing is. */
    static List<String> problems(SignatureScheme scheme) {
        try {
            return new SchemeReader(scheme, ANYWHERE).flaws();
        } catch (IllegalArgumentException e) {
            return e.getMessage().lines().toList();
        }
    }

    /**
     * Whether the scheme is for this request, as far as the headers tell: its signature's field is
     * there.
     */
    boolean mayApplyTo(AuthRequest request) {
        return signature.mayBeIn(request) && (when == null || when.mayHold(request));
    }

    /** Whether {@link #mayApplyTo} is not the whole truth, since the body has a say in it. */
    boolean asksBody() {
        return when != null && when.needsBody();
    }

    /** Whether the scheme is for this request. */
    boolean appliesTo(RequestFields fields) throws RefusedException {
        return signature.mayBeIn(fields) && (when == null || when.holds(fields));
    }

    /** Refuses what the headers alone condemn. */
    void precheck(RequestFields fields) throws RefusedException {
        if (!scheme.signature().from().needsBody()) {
            SignatureText text = signatureText(fields, Trace.NONE);
            if (freshness != null && !scheme.timestamp().from().needsBody()) {
                Instant at = fields.request().receivedAt();
                freshness.check(timestamp(fields, text), at, Trace.NONE);
            }
        }
        content.checkHeaders(fields);
    }

    /** Its time may be for {@link #checkTimeInBody} to judge. */
    Evidence read(RequestFields fields) throws RefusedException {
        return read(fields, Trace.NONE);
    }

    /** The same, telling what it reads. */
    Evidence read(RequestFields fields, Trace trace) throws RefusedException {
        if (when != null && !when.holds(fields)) {
            throw new RefusedException(Cause.MISSING_CREDENTIAL, when + ": not so");
        }
        SignatureText text = signatureText(fields, trace);
        String stamp = null;
        if (freshness != null && !timeInBody) {
            stamp = timestamp(fields, text);
            freshness.check(stamp, fields.request().receivedAt(), trace);
        }
        if (bind != null) {
            bind.check(fields, trace);
        }
        return new Evidence(text.signatures(), contents(fields, stamp, trace));
    }

    /** Judges a time inside the body, which nobody parses before its sender is proven. */
    void checkTimeInBody(RequestFields fields, Trace trace) throws RefusedException {
        if (timeInBody) {
            freshness.check(time.value(fields), fields.request().receivedAt(), trace);
        }
    }

    SignatureScheme scheme() {
        return scheme;
    }

    private SignatureText signatureText(RequestFields fields, Trace trace) throws RefusedException {
        if (signature.isOne()) {
            String value = signature.value(fields);
            tell(value, trace);
            return told(grammar.parse(value), trace);
        }
        List<String> values = signature.values(fields);
        for (String value : values) {
            tell(value, trace);
        }
        return told(grammar.parse(values), trace);
    }

    private void tell(String value, Trace trace) {
        if (scheme.algorithm().signs()) {
            trace.found(scheme.signature().from(), value);
        } else {
            trace.token(scheme.signature().from(), value.length());
        }
    }

    private SignatureText told(SignatureText text, Trace trace) {
        if (scheme.algorithm().signs()) {
            trace.signatures(text.signatures());
        }
        return text;
    }

    private List<List<byte[]>> contents(RequestFields fields, String stamp, Trace trace)
            throws RefusedException {
        List<List<byte[]>> contents = new ArrayList<>(bases.size());
        for (String base : bases) {
            List<byte[]> pieces = content.render(new Scene(fields, stamp, base));
            if (scheme.algorithm().signs()) {
                trace.content(pieces);
            }
            for (Border border : borders) {
                border.check(pieces);
            }
            contents.add(pieces);
        }
        return contents;
    }

    private String timestamp(RequestFields fields, SignatureText text) throws RefusedException {
        if (time != null) {
            return time.value(fields);
        }
        if (text.timestamp() == null) {
            throw new RefusedException(
                    Cause.MISSING_CREDENTIAL, scheme.timestamp().from() + ": absent (expected: 1)");
        }
        return text.timestamp();
    }

    private static boolean isInSignature(SignatureScheme.Timestamp stamp) {
        return stamp.from().kind() == FieldSource.Kind.SIG;
    }

    private static String timestampKey(SignatureScheme.Timestamp stamp) {
        return stamp != null && isInSignature(stamp) ? stamp.from().name() : null;
    }

    private List<String> flaws() {
        List<String> flaws = new ArrayList<>();
        addUnprovenTime(flaws);
        addUnreadable(flaws);
        for (String touching : content.openBorders(scheme.timestamp())) {
            flaws.add(
                    "content: "
                            + touching
                            + " (expected: a fixed text in between, else one could be read as the"
                            + " other)");
        }
        return flaws;
    }

    /** A time or a digest outside the signed content proves nothing. */
    private void addUnprovenTime(List<String> flaws) {
        SignatureScheme.Timestamp stamp = scheme.timestamp();
        boolean signs = content.has(Simple.TS);
        boolean proven = stamp != null && (signs || isCovered(stamp.from()));
        if (stamp == null ? signs : !proven) {
            flaws.add("content: " + scheme.content() + " (expected: {ts} exactly with timestamp)");
        }
        if (scheme.bind() != null && !isCovered(scheme.bind())) {
            flaws.add("bind: " + scheme.bind() + " (expected: among what is signed)");
        }
    }

    /** Fields that no request can have. */
    private void addUnreadable(List<String> flaws) {
        SignatureScheme.Timestamp stamp = scheme.timestamp();
        SignatureScheme.Signature where = scheme.signature();
        if (stamp != null && isInSignature(stamp)) {
            boolean items = where.parse() != SignatureScheme.Parse.PLAIN && signature.isOne();
            if (!items || where.take().contains(stamp.from().name())) {
                flaws.add(
                        "timestamp.from: "
                                + stamp.from()
                                + " (expected: with parse kv or tagged in one field, a key that"
                                + " is not taken)");
            }
        }
        if (when != null && when.isNever()) {
            flaws.add(when + " (expected: a field of the request)");
        }
    }

    /** Whether a change of that field changes what is signed. */
    private boolean isCovered(FieldSource field) {
        return switch (field.kind()) {
            case HEADER, JSON, QUERY -> content.covers(ValueLocation.parse(field.toString()));
            case FORM -> content.has(Simple.BODY) || content.has(Simple.FORM_SORTED);
            case HEADERS, SIG -> false;
        };
    }
}
