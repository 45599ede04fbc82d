/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The vendors this build knows, read once from {@code presets.yaml} beside this class. */
public final class Presets {

    private static final Map<String, Preset> BY_NAME = load();

    private Presets() {}

    /** The preset of that name, if there is one. */
    public static Optional<Preset> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** All presets, by name. */
    public static Collection<Preset> all() {
        return BY_NAME.values();
    }

    private static Map<String, Preset> load() {
        try (InputStream in = Presets.class.getResourceAsStream("presets.yaml")) {
            if (in == null) {
                throw new IllegalStateException("presets.yaml: absent (expected: beside Presets)");
            }
            return PresetReader.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("presets.yaml: cannot be read", e);
        }
    }
}
