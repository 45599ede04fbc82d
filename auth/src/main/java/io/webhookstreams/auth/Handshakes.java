/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Answers the handshakes of one stream, by one interpreter for all vendors. Request threads; CPU
 * only, never blocks, never throws for bad input. What it answers is no event.
 *
 * <ol>
 *   <li>{@link #isOne} and {@link #mayBeOne}, when the headers are there;
 *   <li>{@link #answer}, when the body is there: without a sender for what comes unsigned, with one
 *       where the stream's verifier has proven it.
 * </ol>
 */
public final class Handshakes {

    /**
     * Bytes of a body that is looked into; larger ones are no handshake, but for what must
     * {@linkplain HandshakeRule.Bodies#ALL never} be an event.
     */
    public static final int MAX_BODY = 4096;

    private final List<OpenHandshake> open;
    private final Set<String> methods;

    private Handshakes(List<OpenHandshake> open) {
        this.open = open;
        Set<String> names = new LinkedHashSet<>();
        open.forEach(handshake -> names.add(handshake.method()));
        this.methods = Collections.unmodifiableSet(names);
    }

    /**
     * Opens the handshakes of a stream; reads the verify token where there is one.
     *
     * @param events the stream's verifier
     * @param clock by which the verify token comes into and goes out of its time
     * @throws SecretUnavailableException if the verify token cannot be had
     */
    public static Handshakes open(
            HandshakeSettings settings,
            Verifier events,
            SecretResolver resolver,
            InstantSource clock)
            throws SecretUnavailableException {
        List<OpenHandshake> open = new ArrayList<>();
        for (HandshakeRule rule : settings.rules()) {
            Verifier check =
                    rule.check() == null
                            ? null
                            : DeclarativeVerifier.open(
                                    tokenIn(rule.check()),
                                    Site.UNKNOWN,
                                    List.of(settings.verifyToken()),
                                    resolver,
                                    clock);
            open.add(
                    new OpenHandshake(
                            rule, check, events, settings.mayFetch(), settings.perMinute()));
        }
        return new Handshakes(List.copyOf(open));
    }

    /** The methods that handshakes come with, whatever the stream's own are. */
    public Set<String> methods() {
        return methods;
    }

    /** Whether the headers alone make this a handshake, which needs no signature. */
    public boolean isOne(AuthRequest headersOnly) {
        return any(headersOnly, false);
    }

    /** Whether this is a handshake that needs no signature, if its body is the right one. */
    public boolean mayBeOne(AuthRequest headersOnly) {
        return any(headersOnly, true);
    }

    /**
     * Answers a handshake.
     *
     * @param sender who signed the request; null where nobody did
     * @return null where it is none, so that it is an event, or nothing at all
     */
    public HandshakeResult answer(AuthRequest request, Verified sender) {
        if (open.isEmpty()) {
            return null;
        }
        RequestFields fields = new RequestFields(request);
        boolean readable =
                request.body().length <= MAX_BODY && request.headers("content-encoding").isEmpty();
        for (OpenHandshake handshake : open) {
            boolean proven = sender != null || !handshake.isSigned();
            boolean looked = readable || !handshake.asksBody() || handshake.isNeverAnEvent();
            if (proven && looked && handshake.is(fields)) {
                return handshake.answer(fields, sender == null ? null : sender.secretName());
            }
        }
        return null;
    }

    /** Reads the verify token again; see {@link Verifier#refresh}. */
    public void refresh() {
        open.forEach(OpenHandshake::refresh);
    }

    private boolean any(AuthRequest headersOnly, boolean asksBody) {
        if (open.isEmpty()) {
            return false;
        }
        RequestFields fields = new RequestFields(headersOnly);
        return open.stream()
                .anyMatch(
                        handshake ->
                                !handshake.isSigned()
                                        && handshake.asksBody() == asksBody
                                        && handshake.mayBe(fields));
    }

    /** A verify token is a token as any other: compared by its hash, in constant time. */
    private static Preset tokenIn(FieldSource check) {
        SignatureScheme scheme =
                new SignatureScheme(
                        null,
                        Algorithm.TOKEN,
                        new SignatureScheme.Key(SignatureScheme.KeyDecoding.UTF8, null),
                        new SignatureScheme.Signature(
                                check, SignatureScheme.Parse.PLAIN, null, null, null, null, null),
                        null,
                        null,
                        null,
                        null);
        return Preset.ofNobody("handshake", List.of(scheme));
    }
}
