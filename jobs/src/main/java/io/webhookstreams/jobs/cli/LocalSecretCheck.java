/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.auth.SecretUnavailableException;
import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.jobs.config.JobDefinition;
import io.webhookstreams.jobs.config.StreamEntry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Sees to it that all secrets are there before a run starts: in a run this machine is the one that
 * reads them.
 */
final class LocalSecretCheck {

    private final JobDefinition definition;
    private final InstantSource clock;

    LocalSecretCheck(JobDefinition definition, InstantSource clock) {
        this.definition = definition;
        this.clock = clock;
    }

    /**
     * Creates the missing bearer tokens, where the configuration allows it.
     *
     * @return the files that were created
     */
    List<Path> generateMissing(SecretFiles secrets) throws IOException {
        List<Path> created = new ArrayList<>();
        if (definition.settings().generateMissingSecrets()) {
            for (StreamEntry stream : definition.streams()) {
                for (Path file : missingTokens(stream)) {
                    secrets.create(file, stream.authType());
                    created.add(file);
                }
            }
        }
        return created;
    }

    /**
     * Reads every secret whose time it is once and forgets it.
     *
     * @throws InvalidSettingsException with all that cannot be had
     */
    void requireAll() {
        List<String> problems = new ArrayList<>();
        LocalSecrets secrets = LocalSecrets.below(definition.file().path().getParent());
        for (StreamEntry stream : definition.streams()) {
            String prefix = "streams." + stream.name() + ".";
            for (SecretRef ref : needed(stream)) {
                require(prefix + StreamOptions.AUTH_SECRETS.key(), ref, secrets, problems);
            }
            SecretRef token = verifyToken(stream);
            if (token != null) {
                String option = prefix + StreamOptions.HANDSHAKE_VERIFY_TOKEN.key();
                require(option, token, secrets, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** One whose time is over may be gone, and must not come back. */
    private List<SecretRef> needed(StreamEntry stream) {
        Instant now = clock.instant();
        return stream.files().stream().filter(ref -> ref.validity().includes(now)).toList();
    }

    /** Null for none. */
    private SecretRef verifyToken(StreamEntry stream) {
        return definition
                .file()
                .streams()
                .get(stream.name())
                .getOptional(StreamOptions.HANDSHAKE_VERIFY_TOKEN)
                .map(SecretRef::parse)
                .orElse(null);
    }

    private static void require(
            String option, SecretRef ref, LocalSecrets secrets, List<String> problems) {
        try {
            secrets.resolve(ref);
        } catch (SecretUnavailableException e) {
            problems.add(option + ": " + e.getMessage());
        }
    }

    private List<Path> missingTokens(StreamEntry stream) {
        return needed(stream).stream()
                .filter(ref -> stream.authType().equals(AuthSchemes.BEARER))
                .filter(ref -> ref.kind() == SecretRef.Kind.FILE)
                .map(ref -> Path.of(ref.location()))
                .filter(file -> !Files.exists(file))
                .distinct()
                .toList();
    }
}
