/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.connector.Golden;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

class WebhookEnumStateSerializerTest {

    private static final WebhookEnumStateSerializer SERIALIZER =
            WebhookEnumStateSerializer.INSTANCE;

    @Test
    void a_fresh_state_survives() throws IOException {
        WebhookEnumState fresh = WebhookEnumState.fresh(32);

        assertThat(SERIALIZER.deserialize(1, SERIALIZER.serialize(fresh))).isEqualTo(fresh);
    }

    @Test
    void version_1_stays_readable() throws IOException {
        assertThat(SERIALIZER.deserialize(1, Golden.bytes("enumerator-state-v1.bin")))
                .isEqualTo(golden());
    }

    @Test
    void version_1_is_what_is_written() {
        assertThat(SERIALIZER.serialize(golden()))
                .isEqualTo(Golden.bytes("enumerator-state-v1.bin"));
    }

    @Test
    void an_unknown_version_is_refused() {
        assertThatThrownBy(() -> SERIALIZER.deserialize(2, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessage("enumerator-state: version 2 (expected: 1)");
    }

    @Test
    void bytes_missing_or_left_over_are_refused() {
        byte[] bytes = SERIALIZER.serialize(golden());
        for (int length = 0; length <= bytes.length + 1; length++) {
            if (length != bytes.length) {
                byte[] wrong = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> SERIALIZER.deserialize(1, wrong))
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("enumerator-state: ");
            }
        }
    }

    @Test
    void an_assigned_lane_that_there_is_not_is_refused() {
        byte[] bytes =
                SERIALIZER.serialize(new WebhookEnumState(4, BitSet.valueOf(new byte[] {16}), 1));

        assertThatThrownBy(() -> SERIALIZER.deserialize(1, bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("enumerator-state: lane 4 is assigned (expected: below 4)");
    }

    private static WebhookEnumState golden() {
        return new WebhookEnumState(
                32, BitSet.valueOf(new long[] {0xf0f0_0001L}), 1_767_225_600_123L);
    }
}
