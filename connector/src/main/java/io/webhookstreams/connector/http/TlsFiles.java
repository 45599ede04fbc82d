/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import io.webhookstreams.connector.config.ListenerSettings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.annotation.Nullable;

/**
 * What stands in the PEM files of a listener at one moment; comparing two tells a change, however
 * the files came to change.
 */
record TlsFiles(String certificate, String key, @Nullable String clientCa) {

    /**
     * Reads them now.
     *
     * @throws IOException if one cannot be read; its message names the option
     */
    static TlsFiles read(ListenerSettings settings) throws IOException {
        String clientCa = settings.clientCa();
        return new TlsFiles(
                text("tls.certificate", settings.tlsCertificate()),
                text("tls.key", settings.tlsKey()),
                clientCa == null ? null : text("tls.client-ca", clientCa));
    }

    private static String text(String option, String file) throws IOException {
        try {
            return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IOException(option + ": " + file + " (expected: a readable file)", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
