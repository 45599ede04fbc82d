/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Bytes that a released version wrote: never rewritten, only added to. */
public final class Golden {

    public static byte[] bytes(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("golden file: " + name + " (expected: one)");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Golden() {}
}
