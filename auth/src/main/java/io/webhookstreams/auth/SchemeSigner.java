/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.ContentAtom.Scene;
import io.webhookstreams.auth.ContentAtom.Simple;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Signs as one scheme says, by the same template that verifies. */
final class SchemeSigner {

    private final SignatureScheme scheme;
    private final Condition when;
    private final ContentTemplate content;
    private final SignatureText.Grammar grammar;
    private final String base;
    private final SigningKey key;

    SchemeSigner(SignatureScheme scheme, Site site, SigningKey key) {
        this.scheme = scheme;
        this.when = scheme.when() == null ? null : new Condition(scheme.when());
        this.content = ContentTemplate.compile(scheme.content() == null ? "" : scheme.content());
        this.base = content.has(Simple.URL) ? site.bases(scheme.url()).get(0) : "";
        this.grammar =
                new SignatureText.Grammar(
                        scheme.signature(),
                        scheme.algorithm(),
                        timeIs(FieldSource.Kind.SIG) ? scheme.timestamp().from().name() : null);
        this.key = key;
    }

    boolean signsUrl() {
        return content.has(Simple.URL);
    }

    /** Whether the vendor would sign this draft so. */
    boolean suits(Outgoing draft) {
        if (content.has(Simple.FORM_SORTED) && !draft.isForm()) {
            return false;
        }
        try {
            return when == null
                    || when.holds(new RequestFields(new OutgoingView(draft, Instant.EPOCH)));
        } catch (RefusedException e) {
            return false;
        }
    }

    /** Whether the digest that it binds the body to is all that the draft lacks. */
    boolean suitsOnceBound() {
        return scheme.bind() != null
                && scheme.when() != null
                && scheme.bind().equals(scheme.when().present());
    }

    Outgoing sign(Outgoing draft, Instant now, String id) {
        String time = scheme.timestamp() == null ? null : scheme.timestamp().format().format(now);
        Outgoing complete = complete(draft, time, id);
        String credential = grammar.format(key.sign(render(complete, time, now)), time);
        return put(complete, scheme.signature().from(), credential);
    }

    /** Adds all that is signed. */
    private Outgoing complete(Outgoing draft, String time, String id) {
        Outgoing complete = draft;
        for (String header : content.headerNames()) {
            complete = complete.header(header, id);
        }
        if (time != null && !timeIs(FieldSource.Kind.SIG)) {
            complete = put(complete, scheme.timestamp().from(), time);
        }
        List<String> pointers = content.jsonPointers();
        if (!pointers.isEmpty()) {
            complete = complete.body(JsonBody.fillAbsent(complete.body(), pointers, id));
        }
        if (scheme.bind() != null) {
            complete = put(complete, scheme.bind(), BodyBinding.digest(complete.body()));
        }
        return complete;
    }

    private List<byte[]> render(Outgoing complete, String time, Instant now) {
        RequestFields fields = new RequestFields(new OutgoingView(complete, now));
        try {
            return content.render(new Scene(fields, time, base));
        } catch (RefusedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Outgoing put(Outgoing draft, FieldSource at, String value) {
        return switch (at.kind()) {
            case HEADER -> draft.header(at.name(), value);
            case HEADERS -> draft.header(at.name() + 1, value);
            case JSON -> draft.body(JsonBody.put(draft.body(), at.name(), value));
            case QUERY -> draft.query(with(draft.query(), at.name(), value));
            case FORM -> draft.body(form(draft.body(), at.name(), value));
            case SIG -> draft;
        };
    }

    private static byte[] form(byte[] body, String name, String value) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return with(text, name, value).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A query or form with that field, in place of any of its name. */
    private static String with(String fields, String name, String value) {
        String field = encoded(name) + "=" + encoded(value);
        if (fields == null || fields.isEmpty()) {
            return field;
        }
        StringBuilder others = new StringBuilder();
        for (String other : fields.split("&", -1)) {
            if (!other.startsWith(encoded(name) + "=")) {
                others.append(other).append('&');
            }
        }
        return others.append(field).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private boolean timeIs(FieldSource.Kind kind) {
        return scheme.timestamp() != null && scheme.timestamp().from().kind() == kind;
    }
}
