/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The vendors that can be simulated, read once from {@code vendors.yaml} beside this class. */
public final class Vendors {

    private static final Map<String, Habits> BY_NAME = load();

    private Vendors() {}

    /** The habits of the vendor of that name, if it is known. */
    public static Optional<Habits> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** All, by name. */
    public static Map<String, Habits> all() {
        return BY_NAME;
    }

    private static Map<String, Habits> load() {
        try (InputStream in = Vendors.class.getResourceAsStream("vendors.yaml")) {
            if (in == null) {
                throw new IllegalStateException("vendors.yaml: absent (expected: beside Vendors)");
            }
            Map<String, Habits> all = new TreeMap<>();
            for (JsonNode entry : new YAMLMapper().readTree(in)) {
                Habits habits = HabitsReader.read(entry);
                if (all.put(habits.name(), habits) != null) {
                    throw new IllegalStateException(
                            "vendors.yaml: " + habits.name() + " twice (expected: once)");
                }
            }
            return Collections.unmodifiableMap(all);
        } catch (IOException e) {
            throw new UncheckedIOException("vendors.yaml: cannot be read", e);
        }
    }
}
