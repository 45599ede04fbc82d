/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Reads secrets from this machine's files and environment. A file's one trailing line end is not
 * part of the secret, since editors and {@code echo} add it; everything else is. Replace a live
 * file by renaming another over it: one that is written in place is half a secret for a moment.
 */
public final class LocalSecrets implements SecretResolver {

    /** More than any key or token has; a path that leads to a log or a disk image is a mistake. */
    static final int MAX_BYTES = 64 * 1024;

    private final Path base;
    private final UnaryOperator<String> environment;

    /**
     * @param base what relative paths are resolved against, for example the configuration's folder
     * @param environment a variable's value by its name, null when unset
     */
    public LocalSecrets(Path base, UnaryOperator<String> environment) {
        this.base = Objects.requireNonNull(base, "base");
        this.environment = Objects.requireNonNull(environment, "environment");
    }

    /** Files below {@code base}, and the environment of this process. */
    public static LocalSecrets below(Path base) {
        return new LocalSecrets(base, System::getenv);
    }

    @Override
    public Secret resolve(SecretRef ref) throws SecretUnavailableException {
        byte[] bytes =
                switch (ref.kind()) {
                    case FILE -> readFile(ref);
                    case ENV -> readVariable(ref);
                };
        if (bytes.length == 0) {
            throw new SecretUnavailableException(ref, "0 bytes (expected: at least 1)");
        }
        return Secret.of(ref.name(), bytes);
    }

    private byte[] readFile(SecretRef ref) throws SecretUnavailableException {
        try (InputStream in = Files.newInputStream(base.resolve(ref.location()))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new SecretUnavailableException(
                        ref, "file too large (expected: at most " + MAX_BYTES + " bytes)");
            }
            return withoutLineEnd(bytes);
        } catch (NoSuchFileException e) {
            throw new SecretUnavailableException(ref, "no such file", e);
        } catch (IOException | InvalidPathException e) {
            throw new SecretUnavailableException(ref, "file cannot be read", e);
        }
    }

    private byte[] readVariable(SecretRef ref) throws SecretUnavailableException {
        String value = environment.apply(ref.location());
        if (value == null) {
            throw new SecretUnavailableException(ref, "no such variable");
        }
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] withoutLineEnd(byte[] bytes) {
        int end = bytes.length;
        if (end > 0 && bytes[end - 1] == '\n') {
            end--;
            if (end > 0 && bytes[end - 1] == '\r') {
                end--;
            }
        }
        return Arrays.copyOf(bytes, end);
    }
}
