/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import io.webhookstreams.auth.AuthMember;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.auth.jwt.JwtSettings;
import io.webhookstreams.connector.SchemeOptions;
import io.webhookstreams.connector.StreamOptions;

import org.apache.flink.configuration.Configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a command tells about a stream, or needs to post to it.
 *
 * @param auth how requests to the stream prove themselves
 * @param eventId where the configuration says that the event id stands; empty where the preset
 *     knows
 * @param eventType likewise, of the event's type
 */
public record StreamEntry(
        String name,
        String path,
        AuthSettings auth,
        Optional<String> eventId,
        Optional<String> eventType) {

    /**
     * Reads a stream's options, which have no problems.
     *
     * @param publicUrl the listener's, without a slash at the end
     */
    static StreamEntry of(String name, Configuration stream, Optional<String> publicUrl) {
        return new StreamEntry(
                name,
                stream.get(StreamOptions.PATH),
                SchemeOptions.auth(stream, publicUrl.orElse(null)),
                stream.getOptional(StreamOptions.EVENT_ID),
                stream.getOptional(StreamOptions.EVENT_TYPE));
    }

    public String authType() {
        return auth.type();
    }

    public List<SecretRef> secrets() {
        return auth.secrets();
    }

    /** Everything that must be readable where requests arrive: secrets, and a file of keys. */
    public List<SecretRef> files() {
        List<SecretRef> all = new ArrayList<>();
        addFiles(auth, all);
        for (AuthMember member : auth.members()) {
            addFiles(member.settings(), all);
        }
        return all;
    }

    private static void addFiles(AuthSettings auth, List<SecretRef> all) {
        all.addAll(auth.secrets());
        JwtSettings jwt = auth.jwt();
        if (jwt.jwks() != null && !jwt.jwks().contains("://")) {
            all.add(SecretRef.parse(jwt.jwks()));
        }
    }
}
