/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.auth.Verifier;
import io.webhookstreams.connector.config.StreamSettings;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import javax.annotation.Nullable;

/** Everything that serves one stream in this JVM. It outlives the readers of its source. */
final class Endpoint {

    private final StreamSettings settings;
    private final Verifier verifier;
    private final Readers readers;
    private final EnvelopeRules envelopeRules;
    private final RecordHeaders recordHeaders;
    private final Set<String> mediaTypes;
    private final Answer success;

    Endpoint(StreamSettings settings, Verifier verifier, Readers readers) {
        this.settings = settings;
        this.verifier = verifier;
        this.readers = readers;
        this.envelopeRules = new EnvelopeRules(settings);
        this.recordHeaders = new RecordHeaders(verifier.credentialHeaders());
        this.mediaTypes =
                settings.contentTypes().stream()
                        .map(type -> type.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        this.success = Answer.success(settings.successStatus());
    }

    StreamSettings settings() {
        return settings;
    }

    Verifier verifier() {
        return verifier;
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

    Answer success() {
        return success;
    }

    boolean acceptsMediaType(@Nullable String contentType) {
        if (mediaTypes.isEmpty()) {
            return true;
        }
        String type = ContentType.mediaType(contentType);
        return type != null && mediaTypes.contains(type);
    }
}
