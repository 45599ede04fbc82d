/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.ClientName;
import io.webhookstreams.auth.ClientSettings;
import io.webhookstreams.auth.OwnSchemes;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.auth.SignatureScheme;
import io.webhookstreams.auth.jwt.JwtSettings;
import io.webhookstreams.auth.vendor.VendorSettings;
import io.webhookstreams.connector.JwtOptions;
import io.webhookstreams.connector.SchemeOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.VendorOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a command tells about a stream, or needs to post to it.
 *
 * @param publicUrl the listener's, without a slash at the end
 * @param eventId where the configuration says that the event id stands; empty where the preset
 *     knows
 * @param eventType likewise, of the event's type
 * @param jwt which tokens it takes
 * @param vendor what its vendor's verifier is told
 * @param schemes how {@code custom} requests are signed
 * @param options all of them
 */
public record StreamEntry(
        String name,
        String path,
        String authType,
        List<SecretRef> secrets,
        Optional<String> publicUrl,
        Optional<String> eventId,
        Optional<String> eventType,
        JwtSettings jwt,
        VendorSettings vendor,
        List<SignatureScheme> schemes,
        Configuration options) {

    /** Reads a stream's options, which have no problems. */
    static StreamEntry of(String name, Configuration stream, Optional<String> publicUrl) {
        return new StreamEntry(
                name,
                stream.get(StreamOptions.PATH),
                stream.get(StreamOptions.AUTH_TYPE),
                stream.get(StreamOptions.AUTH_SECRETS).stream().map(SecretRef::parse).toList(),
                publicUrl,
                stream.getOptional(StreamOptions.EVENT_ID),
                stream.getOptional(StreamOptions.EVENT_TYPE),
                JwtOptions.settings(stream::get),
                VendorOptions.settings(stream::get),
                stream.getOptional(SchemeOptions.SCHEME)
                        .map(text -> OwnSchemes.parse(text, new ArrayList<>()))
                        .orElse(List.of()),
                stream);
    }

    /** Everything that must be readable where requests arrive: secrets, and a file of keys. */
    public List<SecretRef> files() {
        List<SecretRef> all = new ArrayList<>(secrets);
        if (jwt.jwks() != null && !jwt.jwks().contains("://")) {
            all.add(SecretRef.parse(jwt.jwks()));
        }
        return all;
    }

    /** How requests to the stream are signed. */
    public AuthSettings auth() {
        return new AuthSettings(
                authType,
                secrets,
                options.get(StreamOptions.AUTH_TOLERANCE_PAST),
                options.get(StreamOptions.AUTH_TOLERANCE_FUTURE),
                publicUrl.orElse(null),
                jwt,
                clients(),
                vendor,
                schemes);
    }

    private ClientSettings clients() {
        return new ClientSettings(
                names(StreamOptions.AUTH_CLIENTS),
                options.get(StreamOptions.AUTH_FORWARDED_HEADER),
                names(StreamOptions.AUTH_FORWARDED_PROXIES));
    }

    private List<ClientName> names(ConfigOption<List<String>> option) {
        return options.get(option).stream().map(ClientName::parse).toList();
    }
}
