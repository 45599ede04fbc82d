/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.connector.Golden;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;

class WebhookEnumStateSerializerTest {

    private static final WebhookEnumStateSerializer SERIALIZER =
            WebhookEnumStateSerializer.INSTANCE;

    @Test
    void a_fresh_state_survives() throws IOException {
        WebhookEnumState fresh = WebhookEnumState.fresh(32);

        assertThat(SERIALIZER.deserialize(2, SERIALIZER.serialize(fresh))).isEqualTo(fresh);
    }

    @Test
    void version_1_stays_readable() throws IOException {
        assertThat(SERIALIZER.deserialize(1, Golden.bytes("enumerator-state-v1.bin")))
                .isEqualTo(golden(null));
    }

    @Test
    void version_2_stays_readable_and_is_what_is_written() throws IOException {
        byte[] bytes = Golden.bytes("enumerator-state-v2.bin");

        assertThat(SERIALIZER.deserialize(2, bytes)).isEqualTo(golden());
        assertThat(SERIALIZER.serialize(golden())).isEqualTo(bytes);
    }

    @Test
    void a_configuration_is_known_by_its_digest_and_not_by_its_number() {
        ConfigurationVersion version = golden().configuration();

        assertThat(version.digest())
                .isEqualTo(new ConfigurationVersion(8, version.streams()).digest())
                .isNotEqualTo(new ConfigurationVersion(7, Map.of()).digest())
                .matches("[0-9a-f]{12}");
    }

    @Test
    void an_unknown_version_is_refused() {
        assertThatThrownBy(() -> SERIALIZER.deserialize(3, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessage("enumerator-state: version 3 (expected: 1 or 2)");
    }

    @Test
    void bytes_missing_or_left_over_are_refused() {
        byte[] bytes = SERIALIZER.serialize(golden());
        for (int length = 0; length <= bytes.length + 1; length++) {
            if (length != bytes.length) {
                byte[] wrong = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> SERIALIZER.deserialize(2, wrong))
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("enumerator-state: ");
            }
        }
    }

    @Test
    void an_assigned_lane_that_there_is_not_is_refused() {
        byte[] bytes =
                SERIALIZER.serialize(new WebhookEnumState(4, BitSet.valueOf(new byte[] {16}), 1));

        assertThatThrownBy(() -> SERIALIZER.deserialize(2, bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("enumerator-state: lane 4 is assigned (expected: below 4)");
    }

    private static WebhookEnumState golden() {
        return golden(
                new ConfigurationVersion(
                        7,
                        Map.of(
                                "orders",
                                Map.of(
                                        "path", "/in/orders",
                                        "auth.type", "stripe",
                                        "auth.secrets", "[file:/run/secrets/stripe]"),
                                "zürich",
                                Map.of())));
    }

    private static WebhookEnumState golden(ConfigurationVersion configuration) {
        return new WebhookEnumState(
                32, BitSet.valueOf(new long[] {0xf0f0_0001L}), 1_767_225_600_123L, configuration);
    }
}
