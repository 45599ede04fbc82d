/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class RotationStateTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant RECENT = NOW.minus(Duration.ofMinutes(5));
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(3));

    @Test
    void one_secret_is_single_and_none_is_none() {
        assertThat(rotation()).isEqualTo(Rotation.NONE);
        assertThat(rotation(secret("a", LONG_AGO, null))).isEqualTo(Rotation.SINGLE);
    }

    @Test
    void two_overlap_until_the_new_one_is_seen_and_the_old_one_is_not() {
        assertThat(rotation(secret("new", LONG_AGO, null), secret("old", LONG_AGO, RECENT)))
                .isEqualTo(Rotation.OVERLAP);
        assertThat(rotation(secret("new", LONG_AGO, RECENT), secret("old", LONG_AGO, RECENT)))
                .isEqualTo(Rotation.OVERLAP);
        assertThat(rotation(secret("new", LONG_AGO, null), secret("old", LONG_AGO, LONG_AGO)))
                .isEqualTo(Rotation.OVERLAP);
        assertThat(rotation(secret("new", LONG_AGO, RECENT), secret("old", LONG_AGO, LONG_AGO)))
                .isEqualTo(Rotation.SAFE_TO_RETIRE);
    }

    @Test
    void one_that_was_not_watched_for_long_enough_is_not_shown_to_be_unused() {
        assertThat(rotation(secret("new", RECENT, RECENT), secret("old", RECENT, null)))
                .isEqualTo(Rotation.OVERLAP);
    }

    @Test
    void one_that_cannot_be_read_is_told_before_anything_else() {
        SecretStatus gone =
                new SecretStatus("old", Validity.ALWAYS, false, LONG_AGO, null, 0, 0, 1);

        assertThat(rotation(secret("new", LONG_AGO, RECENT), gone)).isEqualTo(Rotation.INCOMPLETE);
    }

    @Test
    void one_outside_of_its_time_does_not_count() {
        SecretStatus over =
                new SecretStatus("old", new Validity(null, NOW), false, LONG_AGO, null, 0, 0, 0);

        assertThat(rotation(secret("new", LONG_AGO, RECENT), over)).isEqualTo(Rotation.SINGLE);
        assertThat(rotation(over)).isEqualTo(Rotation.NONE);
    }

    @Test
    void two_processes_know_the_last_use_that_either_saw_and_watched_as_long_as_both() {
        SecretStatus both = secret("old", LONG_AGO, RECENT).and(secret("old", RECENT, null));

        assertThat(both.lastUsed()).isEqualTo(RECENT);
        assertThat(both.since()).isEqualTo(RECENT);
        assertThat(both.uses()).isEqualTo(2);
        assertThat(
                        secret("old", LONG_AGO, LONG_AGO)
                                .and(secret("old", LONG_AGO, RECENT))
                                .lastUsed())
                .isEqualTo(RECENT);
    }

    private static Rotation rotation(SecretStatus... secrets) {
        return Rotation.of(List.of(secrets), NOW, Duration.ofDays(1));
    }

    private static SecretStatus secret(String name, Instant since, Instant lastUsed) {
        return new SecretStatus(name, Validity.ALWAYS, true, since, lastUsed, 1, 0, 0);
    }
}
