/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.auth.Algorithm;
import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.Preset;
import io.webhookstreams.auth.Presets;
import io.webhookstreams.auth.SignatureScheme;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/** Makes secrets that nobody has seen, in files that only their owner reads. */
final class SecretFiles {

    private static final int SECRET_BYTES = 32;
    private static final int PATH_BYTES = 16;

    private final SecureRandom random;

    SecretFiles(SecureRandom random) {
        this.random = random;
    }

    /**
     * Creates the file, and its folder if need be.
     *
     * @throws java.nio.file.FileAlreadyExistsException if it is there: a secret is never replaced
     */
    void create(Path file, String authType) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, ownerOnly("rwx------"));
        }
        Set<StandardOpenOption> fresh =
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (Writer out =
                Channels.newWriter(
                        Files.newByteChannel(file, fresh, ownerOnly("rw-------")),
                        StandardCharsets.US_ASCII)) {
            out.write(secret(authType) + "\n");
        }
    }

    /** A part of a path that nobody guesses: 128 random bits. */
    String unguessable() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(PATH_BYTES));
    }

    private String secret(String authType) {
        if (!hasSecret(authType)) {
            throw new IllegalArgumentException("auth.type: " + authType + " has no secret");
        }
        byte[] bytes = bytes(SECRET_BYTES);
        return Presets.named(authType)
                .map(preset -> secret(preset.schemes().get(0), bytes))
                .orElseGet(() -> text(bytes));
    }

    private static String secret(SignatureScheme scheme, byte[] bytes) {
        String user = scheme.algorithm() == Algorithm.BASIC ? "webhooks:" : "";
        return switch (scheme.key().decode()) {
            case UTF8 -> user + text(bytes);
            case BASE64 -> scheme.key().strip() + Base64.getEncoder().encodeToString(bytes);
            case HEX -> HexFormat.of().formatHex(bytes);
            case SPKI64, PEM, CERT -> throw new IllegalArgumentException("nobody makes these");
        };
    }

    /** Whether a stream of that type has secrets at all. */
    static boolean hasSecret(String authType) {
        return !authType.equals(AuthSchemes.NONE) && !authType.equals(AuthSchemes.MTLS);
    }

    /** Whether a secret can be made here and is enough; a vendor's public key cannot. */
    static boolean canMake(String authType) {
        return !authType.equals(AuthSchemes.JWT)
                && !authType.equals(AuthSchemes.CUSTOM)
                && !authType.equals(AuthSchemes.ANY_OF)
                && !authType.equals(AuthSchemes.ALL_OF)
                && Presets.named(authType).filter(p -> !canMake(p)).isEmpty();
    }

    private static boolean canMake(Preset preset) {
        return preset.builtIn() == null && !preset.schemes().get(0).algorithm().isKeyPair();
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static FileAttribute<?> ownerOnly(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
