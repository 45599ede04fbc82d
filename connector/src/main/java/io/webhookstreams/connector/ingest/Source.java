/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.config.StreamSettings;

import java.util.List;

import javax.annotation.Nullable;

/**
 * A source in this JVM, by one version of its configuration. Never changes; another version is
 * another one with the same readers.
 *
 * @param version of the configuration; 0 where it is not reloaded
 */
record Source(SourceSettings settings, long version, Readers readers, List<Endpoint> endpoints) {

    /** Whether these settings are to take the place of those. */
    boolean yieldsTo(SourceSettings others, long theirVersion) {
        return theirVersion > version || (theirVersion == version && !settings.equals(others));
    }

    /** What serves exactly this stream already, with all that it has learned; null for nothing. */
    @Nullable
    Endpoint serving(StreamSettings stream) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.settings().equals(stream)) {
                return endpoint;
            }
        }
        return null;
    }

    /** What has served the stream of that name; null for nothing. */
    @Nullable
    Endpoint named(String stream) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.settings().name().equals(stream)) {
                return endpoint;
            }
        }
        return null;
    }
}
