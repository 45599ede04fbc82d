/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.SecretRef;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON body with GitHub's signature, as h2load takes it.
 *
 * @param headers {@code name: value}
 */
record Message(Path body, List<String> headers) {

    private static final String HEAD =
            "{\"id\":\"evt_1\",\"type\":\"invoice.paid\",\"created\":1767225600,\"data\":\"";

    static Message ofKibibytes(int kibibytes, Path work, Path secret) throws Exception {
        String json = HEAD + "x".repeat(1024 * kibibytes - HEAD.length() - 2) + "\"}";
        Path body = Files.writeString(work.resolve("body-" + kibibytes + ".json"), json);
        AuthSettings settings = AuthSettings.of("github", SecretRef.parse("file:" + secret));
        List<String> lines = new ArrayList<>(List.of("content-type: application/json"));
        AuthSchemes.signer(settings, LocalSecrets.below(Path.of("")))
                .sign(Files.readAllBytes(body), Instant.now())
                .forEach((name, value) -> lines.add(name + ": " + value));
        return new Message(body, lines);
    }
}
