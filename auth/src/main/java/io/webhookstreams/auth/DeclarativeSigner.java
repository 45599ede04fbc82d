/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Signs as a preset's first scheme says, by the same template that verifies. Signed headers and the
 * header of the event's id carry the id.
 */
final class DeclarativeSigner implements Signer {

    private final SignatureScheme scheme;
    private final ContentTemplate content;
    private final SignatureText.Grammar grammar;
    private final ValueLocation idLocation;
    private final MacKey key;
    private final Supplier<String> ids;

    DeclarativeSigner(Preset preset, MacKey key, Supplier<String> ids) {
        this.scheme = preset.schemes().get(0);
        this.content = ContentTemplate.compile(scheme.content());
        this.grammar =
                new SignatureText.Grammar(
                        scheme.signature(),
                        scheme.algorithm(),
                        timeIn(FieldSource.Kind.SIG) ? scheme.timestamp().from().name() : null);
        this.idLocation = preset.envelope().id();
        this.key = key;
        this.ids = ids;
        if (scheme.signature().from().needsBody()) {
            throw new IllegalArgumentException(
                    preset.name() + ": signs inside the body (expected: in a header)");
        }
    }

    @Override
    public Map<String, String> sign(byte[] body, Instant now) {
        return sign(body, now, ids.get());
    }

    @Override
    public Map<String, String> sign(byte[] body, Instant now, String id) {
        Map<String, String> headers = new LinkedHashMap<>();
        content.headerNames().forEach(name -> headers.put(name, id));
        if (idLocation.kind() == ValueLocation.Kind.HEADER) {
            headers.put(idLocation.name(), id);
        }
        String time = scheme.timestamp() == null ? null : scheme.timestamp().format().format(now);
        if (timeIn(FieldSource.Kind.HEADER)) {
            headers.put(scheme.timestamp().from().name(), time);
        }
        List<byte[]> pieces = render(new Outgoing(body, headers, now), time);
        headers.put(scheme.signature().from().name(), grammar.format(key.sign(pieces), time));
        return headers;
    }

    private List<byte[]> render(AuthRequest outgoing, String time) {
        try {
            return content.render(new RequestFields(outgoing), time);
        } catch (RefusedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private boolean timeIn(FieldSource.Kind kind) {
        return scheme.timestamp() != null && scheme.timestamp().from().kind() == kind;
    }

    /** The request that is being made, as its verifier will see it. */
    private static final class Outgoing implements AuthRequest {

        private final byte[] body;
        private final Map<String, String> headers;
        private final Instant now;

        Outgoing(byte[] body, Map<String, String> headers, Instant now) {
            this.body = body;
            this.headers = headers;
            this.now = now;
        }

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public String query() {
            return null;
        }

        @Override
        public List<String> headers(String name) {
            String value = headers.get(name);
            return value == null ? List.of() : List.of(value);
        }

        @Override
        public byte[] body() {
            return body;
        }

        @Override
        public Instant receivedAt() {
            return now;
        }
    }
}
