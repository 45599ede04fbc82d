/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The instrument itself: it finds, and what it has found can be had again. */
class FuzzTest {

    private static final Pattern SEED = Pattern.compile("-Dfuzz\\.seed=(-?\\d+)");

    @Test
    void a_failure_names_the_seed_that_makes_the_same_input() {
        List<Long> failed = new ArrayList<>();
        Throwable failure =
                catchFailure(
                        random -> {
                            long value = random.nextLong();
                            if (value % 50 == 0) {
                                failed.add(value);
                                throw new IllegalStateException("found");
                            }
                        });

        Matcher seed = SEED.matcher(failure.getMessage());
        assertThat(seed.find()).isTrue();
        long again = new SplittableRandom(Long.parseLong(seed.group(1))).nextLong();
        assertThat(failed).containsExactly(again);
    }

    @Test
    void what_allocates_for_bytes_that_are_not_there_is_found() {
        assertThatThrownBy(() -> Allocation.bounded(4, () -> touch(new byte[16 << 20])))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("allocated for 4 bytes: ");
    }

    @Test
    void damage_leaves_what_it_damages_alone_and_changes_most_copies() {
        byte[] valid = "valid".getBytes(StandardCharsets.UTF_8);
        List<byte[]> damaged = new ArrayList<>();
        Fuzz.inputs(100, random -> damaged.add(Damage.of(valid, random)));

        assertThat(valid).asString(StandardCharsets.UTF_8).isEqualTo("valid");
        assertThat(damaged)
                .filteredOn(bytes -> !new String(bytes, StandardCharsets.UTF_8).equals("valid"))
                .hasSizeGreaterThan(50);
    }

    private static Throwable catchFailure(Fuzz.Property property) {
        try {
            Fuzz.inputs(100_000, property);
        } catch (AssertionError e) {
            return e;
        }
        throw new AssertionError("nothing found (expected: one in fifty)");
    }

    private static void touch(byte[] bytes) {
        bytes[bytes.length - 1] = 1;
    }
}
