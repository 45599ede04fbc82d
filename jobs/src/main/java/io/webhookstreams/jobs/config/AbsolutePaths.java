/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.connector.CaptureOptions;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.jobs.JobOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Resolves relative paths against the folder of the configuration file, so that they mean the same
 * from every working directory and on every TaskManager of a host.
 *
 * @param problems where problems are added: what this system cannot have as a path
 */
record AbsolutePaths(Path base, List<String> problems) {

    private static final Pattern URI = Pattern.compile("[a-z][a-z0-9+.-]+:/.*");

    void applyTo(ConfigurationFile file) {
        changeSecret(file.listener(), ListenerOptions.ADMIN_TOKEN);
        change("listener.", file.listener(), ListenerOptions.TLS_CERTIFICATE);
        change("listener.", file.listener(), ListenerOptions.TLS_KEY);
        change("listener.", file.listener(), ListenerOptions.TLS_CLIENT_CA);
        change("job.", file.job(), JobOptions.DATA_DIR);
        change("job.", file.job(), JobOptions.OUTPUT_DIR);
        change("job.", file.job(), JobOptions.CHECKPOINT_DIR);
        change("job.", file.job(), JobOptions.RELOAD_FILE);
        file.streams().values().forEach(this::applyToSecrets);
        file.streams()
                .forEach((name, s) -> change("streams." + name + ".", s, CaptureOptions.DIRECTORY));
    }

    private void applyToSecrets(Configuration stream) {
        stream.keySet().stream()
                .filter(SecretItem::isKey)
                .map(key -> ConfigOptions.key(key).stringType().asList().defaultValues())
                .forEach(option -> applyTo(stream, option));
        changeSecret(stream, StreamOptions.HANDSHAKE_VERIFY_TOKEN);
    }

    private void applyTo(Configuration stream, ConfigOption<List<String>> option) {
        List<String> secrets = stream.get(option);
        if (!secrets.isEmpty()) {
            stream.set(option, secrets.stream().map(this::secret).toList());
        }
    }

    private void changeSecret(Configuration group, ConfigOption<String> option) {
        group.getOptional(option).map(this::secret).ifPresent(ref -> group.set(option, ref));
    }

    private void change(String prefix, Configuration group, ConfigOption<String> option) {
        if (!group.contains(option)) {
            return;
        }
        try {
            group.set(option, path(group.get(option)));
        } catch (InvalidPathException e) {
            problems.add(prefix + option.key() + ": no path (expected: a file's or directory's)");
            group.removeConfig(option);
        }
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
            case FILE -> ref.at(path(ref.location())).toString();
            case ENV -> text;
        };
    }
}
