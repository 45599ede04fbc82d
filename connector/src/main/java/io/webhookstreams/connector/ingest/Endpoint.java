/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.auth.Handshakes;
import io.webhookstreams.auth.Verifier;
import io.webhookstreams.checkpoint.ByteShare;
import io.webhookstreams.connector.address.AddressRanges;
import io.webhookstreams.connector.admission.RateLimits;
import io.webhookstreams.connector.config.StreamSettings;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import javax.annotation.Nullable;

/** Everything that serves one stream in this JVM. It outlives the readers of its source. */
final class Endpoint {

    private final StreamSettings settings;
    private final Verifier verifier;
    private final Captures captures;
    private final Handshakes handshakes;
    private final Readers readers;
    private final EnvelopeRules envelopeRules;
    private final RecordHeaders recordHeaders;
    private final Set<String> mediaTypes;
    private final List<String> methods;
    private final Answer success;
    private final Supplier<ByteShare> room;
    private final WaitingLine line;
    @Nullable private final AddressRanges allowed;
    private final RateLimits rateLimits;

    /**
     * @param room for held requests, as they are divided now
     * @param nanoClock nanoseconds from an arbitrary origin
     */
    Endpoint(
            StreamSettings settings,
            Verifier verifier,
            Handshakes handshakes,
            Readers readers,
            Supplier<ByteShare> room,
            LongSupplier nanoClock) {
        this.settings = settings;
        this.room = room;
        this.verifier = verifier;
        this.handshakes = handshakes;
        this.readers = readers;
        this.line = readers.line(settings.name());
        this.envelopeRules = new EnvelopeRules(settings);
        this.recordHeaders = new RecordHeaders(verifier.credentialHeaders());
        this.mediaTypes =
                settings.contentTypes().stream()
                        .map(type -> type.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        this.methods = methods(settings, handshakes);
        this.success = Answer.success(settings.successStatus());
        this.captures = new Captures(settings, verifier, readers);
        List<String> addresses = settings.access().allowedAddresses();
        this.allowed = addresses.isEmpty() ? null : AddressRanges.of(addresses);
        this.rateLimits = new RateLimits(settings.access(), nanoClock);
    }

    /** Those of events first, then those that only handshakes come with. */
    private static List<String> methods(StreamSettings settings, Handshakes handshakes) {
        Set<String> methods = new LinkedHashSet<>(settings.methods());
        methods.addAll(handshakes.methods());
        return List.copyOf(methods);
    }

    StreamSettings settings() {
        return settings;
    }

    Verifier verifier() {
        return verifier;
    }

    Captures captures() {
        return captures;
    }

    Handshakes handshakes() {
        return handshakes;
    }

    Readers readers() {
        return readers;
    }

    EnvelopeRules envelopeRules() {
        return envelopeRules;
    }

    RecordHeaders recordHeaders() {
        return recordHeaders;
    }

    RateLimits rateLimits() {
        return rateLimits;
    }

    Answer success() {
        return success;
    }

    /** With which status this stream says it. */
    int status(Refusal refusal) {
        return refusal == Refusal.NOT_DURABLE_IN_TIME
                ? settings.deadlines().status()
                : refusal.status();
    }

    /** How long its sender is to wait then; not 0. */
    Duration wait(Refusal refusal) {
        Duration known = Duration.ofNanos(readers.nanosUntil(refusal.until()));
        return known.isZero() ? Duration.ofSeconds(refusal.leastRetrySeconds()) : known;
    }

    /** What the stream may have of the listener's memory for held requests. */
    ByteShare room() {
        return room.get();
    }

    /** Of requests whose reading is put off, also by other versions of the stream's options. */
    WaitingLine line() {
        return line;
    }

    /** Why nothing is taken at all; null while the stream is active. */
    @Nullable
    Refusal closed() {
        return switch (settings.state()) {
            case ACTIVE -> null;
            case PAUSED -> Refusal.PAUSED;
            case REVOKED -> Refusal.REVOKED;
        };
    }

    /** All methods that are accepted. */
    List<String> methods() {
        return methods;
    }

    /** Whether events come by this method; handshakes may come by others. */
    boolean takesEvents(String method) {
        return settings.methods().contains(method);
    }

    /**
     * Whether requests may come from where this one does; from an unknown place only if from all.
     */
    boolean acceptsAddressOf(Exchange exchange) {
        return allowed == null || allowed.contains(exchange.clientAddress());
    }

    boolean acceptsMediaType(@Nullable String contentType) {
        if (mediaTypes.isEmpty()) {
            return true;
        }
        String type = ContentType.mediaType(contentType);
        return type != null && mediaTypes.contains(type);
    }
}
