/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.jobs.JobOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Resolves relative paths against the folder of the configuration file, so that they mean the same
 * from every working directory and on every TaskManager of a host.
 */
record AbsolutePaths(Path base) {

    private static final Pattern URI = Pattern.compile("[a-z][a-z0-9+.-]+:/.*");

    void applyTo(ConfigurationFile file) {
        change(file.listener(), ListenerOptions.TLS_CERTIFICATE, this::path);
        change(file.listener(), ListenerOptions.TLS_KEY, this::path);
        change(file.listener(), ListenerOptions.ADMIN_TOKEN, this::secret);
        change(file.job(), JobOptions.DATA_DIR, this::path);
        change(file.job(), JobOptions.OUTPUT_DIR, this::path);
        change(file.job(), JobOptions.CHECKPOINT_DIR, this::path);
        file.streams().values().forEach(this::applyToSecrets);
    }

    private void applyToSecrets(Configuration stream) {
        List<String> secrets = stream.get(StreamOptions.AUTH_SECRETS);
        if (!secrets.isEmpty()) {
            stream.set(StreamOptions.AUTH_SECRETS, secrets.stream().map(this::secret).toList());
        }
    }

    private static void change(
            Configuration group, ConfigOption<String> option, UnaryOperator<String> change) {
        group.getOptional(option).ifPresent(value -> group.set(option, change.apply(value)));
    }

    private String path(String text) {
        return URI.matcher(text).matches() ? text : base.resolve(text).normalize().toString();
    }

    /** What is no reference stays as it is, and is refused later without being echoed. */
    private String secret(String text) {
        SecretRef ref;
        try {
            ref = SecretRef.parse(text);
        } catch (IllegalArgumentException notAReference) {
            return text;
        }
        return switch (ref.kind()) {
            case FILE -> new SecretRef(ref.name(), ref.kind(), path(ref.location())).toString();
            case ENV -> text;
        };
    }
}
