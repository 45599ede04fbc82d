/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.connector.Deliveries;
import io.webhookstreams.connector.Golden;
import io.webhookstreams.connector.WebhookDeliveryWire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class LaneSplitSerializerTest {

    private static final LaneSplitSerializer SERIALIZER = LaneSplitSerializer.INSTANCE;

    @Test
    void a_fresh_lane_survives() throws IOException {
        assertSame(roundTrip(LaneSplit.fresh(5)), LaneSplit.fresh(5));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void random_lanes_survive(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            LaneSplit split = random(random);
            assertSame(roundTrip(split), split);
        }
    }

    @Test
    void version_1_stays_readable() throws IOException {
        LaneSplit golden = golden();
        assertSame(
                SERIALIZER.deserialize(1, Golden.bytes("lane-split-v1.bin")),
                new LaneSplit(
                        golden.lane(),
                        golden.nextSequence(),
                        golden.emittedOfHead(),
                        golden.queue()));
    }

    @Test
    void version_2_stays_readable() throws IOException {
        assertSame(SERIALIZER.deserialize(2, Golden.bytes("lane-split-v2.bin")), golden());
    }

    @Test
    void version_2_is_what_is_written() {
        assertThat(SERIALIZER.serialize(golden())).isEqualTo(Golden.bytes("lane-split-v2.bin"));
    }

    @Test
    void more_shed_than_came_is_refused() {
        byte[] bytes = SERIALIZER.serialize(golden());
        bytes[bytes.length - 1] = 2;

        assertThatThrownBy(() -> SERIALIZER.deserialize(2, bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("lane-split: loss-window: 2 shed of 1 (expected: 0 to all)");
    }

    @Test
    void an_unknown_version_is_refused() {
        byte[] bytes = SERIALIZER.serialize(LaneSplit.fresh(1));

        assertThatThrownBy(() -> SERIALIZER.deserialize(3, bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("lane-split: version 3 (expected: 1 or 2)");
    }

    @Test
    void a_position_in_a_journal_is_refused_by_this_version() {
        byte[] bytes = SERIALIZER.serialize(golden());
        bytes[20] = 1;

        assertThatThrownBy(() -> SERIALIZER.deserialize(2, bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("lane-split: delivery of kind 1 (expected: 0)");
    }

    @Test
    void bytes_left_over_are_refused() {
        byte[] bytes = SERIALIZER.serialize(golden());

        assertThatThrownBy(() -> SERIALIZER.deserialize(2, Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(IOException.class)
                .hasMessage("lane-split: 1 bytes after its end (expected: 0)");
    }

    @Test
    void bytes_missing_are_refused_wherever_they_are_cut() {
        byte[] bytes = SERIALIZER.serialize(golden());
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> SERIALIZER.deserialize(2, cut))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_negative_number_of_deliveries_is_refused() {
        byte[] bytes = SERIALIZER.serialize(LaneSplit.fresh(1));
        Arrays.fill(bytes, 16, 20, (byte) -1);

        assertThatThrownBy(() -> SERIALIZER.deserialize(2, bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("lane-split: -1 deliveries (expected: 0 or more)");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void flipped_bits_are_read_as_they_stand_or_refused(long seed) {
        Random random = new Random(seed);
        byte[] golden = SERIALIZER.serialize(golden());
        for (int i = 0; i < 2_000; i++) {
            byte[] flipped = golden.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertReadAsItStandsOrRefused(flipped);
        }
    }

    private static void assertReadAsItStandsOrRefused(byte[] bytes) {
        LaneSplit read;
        try {
            read = SERIALIZER.deserialize(2, bytes);
        } catch (IOException refused) {
            assertThat(refused).hasMessageStartingWith("lane-split: ");
            return;
        }
        assertThat(SERIALIZER.serialize(read)).isEqualTo(bytes);
    }

    private static LaneSplit golden() {
        byte[] wire = WebhookDeliveryWire.copyOf(Deliveries.full());
        WebhookDeliveryWire.append(wire, 3, 8);
        return new LaneSplit(
                3,
                9,
                2,
                List.of(wire),
                List.of(
                        new LossWindow("orders", 1_772_359_200_000L, 1_000, 9),
                        new LossWindow("zahlungen-€", -3_600_000, 1, 0)));
    }

    private static LaneSplit random(Random random) {
        List<byte[]> queue = new ArrayList<>();
        for (int i = random.nextInt(10); i > 0; i--) {
            queue.add(WebhookDeliveryWire.copyOf(Deliveries.random(random)));
        }
        List<LossWindow> losses = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int offered = random.nextInt(1_000_000);
            losses.add(
                    new LossWindow(
                            "stream-" + i,
                            random.nextLong(),
                            offered,
                            random.nextInt(offered + 1)));
        }
        return new LaneSplit(random.nextInt(), random.nextLong(), random.nextInt(), queue, losses);
    }

    private static LaneSplit roundTrip(LaneSplit split) throws IOException {
        return SERIALIZER.deserialize(SERIALIZER.getVersion(), SERIALIZER.serialize(split));
    }

    private static void assertSame(LaneSplit actual, LaneSplit expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }
}
