/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.enumerator.ConfigurationVersion;
import io.webhookstreams.connector.enumerator.WebhookEnumState;
import io.webhookstreams.connector.enumerator.WebhookEnumStateSerializer;
import io.webhookstreams.connector.lane.LaneSplit;
import io.webhookstreams.connector.lane.LaneSplitSerializer;
import io.webhookstreams.connector.lane.LossWindow;
import io.webhookstreams.fuzz.Allocation;
import io.webhookstreams.fuzz.Damage;
import io.webhookstreams.fuzz.Fuzz;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What is written is read again. Damaged bytes are read as they stand or refused by an IOException
 * that says why, and never allocate for more than is there.
 */
class SerializersFuzzTest {

    private static final int INPUTS = 10_000;
    private static final WebhookDeliverySerializer DELIVERIES = WebhookDeliverySerializer.INSTANCE;
    private static final WebhookResultSerializer<WebhookDelivery> RESULTS =
            new WebhookResultSerializer<>(DELIVERIES);

    @Test
    void deliveries_between_operators() {
        Fuzz.inputs(INPUTS, random -> check(DELIVERIES, delivery(random), random));
    }

    @Test
    void results_between_operators() {
        Fuzz.inputs(INPUTS, random -> check(RESULTS, result(random), random));
    }

    @Test
    void lane_splits() {
        Fuzz.inputs(
                INPUTS,
                random -> {
                    byte[] bytes = LaneSplitSerializer.INSTANCE.serialize(lane(random));
                    check(LaneSplitSerializer.INSTANCE, bytes, random);
                });
    }

    @Test
    void enumerator_states() {
        Fuzz.inputs(
                INPUTS,
                random -> {
                    WebhookEnumState state = state(random);
                    byte[] bytes = WebhookEnumStateSerializer.INSTANCE.serialize(state);
                    assertThat(WebhookEnumStateSerializer.INSTANCE.deserialize(2, bytes))
                            .isEqualTo(state);
                    checkDamaged(WebhookEnumStateSerializer.INSTANCE, bytes, random);
                });
    }

    private static <T> void check(TypeSerializer<T> serializer, T value, SplittableRandom random)
            throws Exception {
        byte[] bytes = bytesOf(serializer, value);
        assertThat(read(serializer, bytes)).isEqualTo(value);
        assertThat(copied(serializer, bytes)).isEqualTo(bytes);

        byte[] damaged = Damage.of(bytes, random);
        Allocation.bounded(
                damaged.length,
                () -> readOrRefused(() -> bytesOf(serializer, read(serializer, damaged))));
        Allocation.bounded(damaged.length, () -> readOrRefused(() -> copied(serializer, damaged)));
    }

    private static <T> void check(
            SimpleVersionedSerializer<T> serializer, byte[] bytes, SplittableRandom random)
            throws Exception {
        int version = serializer.getVersion();
        assertThat(serializer.serialize(serializer.deserialize(version, bytes))).isEqualTo(bytes);
        checkDamaged(serializer, bytes, random);
    }

    private static <T> void checkDamaged(
            SimpleVersionedSerializer<T> serializer, byte[] bytes, SplittableRandom random)
            throws Exception {
        byte[] damaged = Damage.of(bytes, random);
        int version = 1 + random.nextInt(serializer.getVersion());
        Allocation.bounded(
                damaged.length,
                () ->
                        readOrRefused(
                                () ->
                                        serializer.serialize(
                                                serializer.deserialize(version, damaged))));
    }

    /** An exception other than of this kind fails the property. */
    private static void readOrRefused(Reading reading) {
        try {
            assertThat(reading.run()).isNotNull();
        } catch (IOException refused) {
            assertThat(refused).isNotNull();
        }
    }

    @FunctionalInterface
    private interface Reading {
        byte[] run() throws IOException;
    }

    private static <T> byte[] bytesOf(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }

    private static <T> T read(TypeSerializer<T> serializer, byte[] bytes) throws IOException {
        return serializer.deserialize(new DataInputDeserializer(bytes));
    }

    private static <T> byte[] copied(TypeSerializer<T> serializer, byte[] bytes)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.copy(new DataInputDeserializer(bytes), out);
        return out.getCopyOfBuffer();
    }

    private static WebhookDelivery delivery(SplittableRandom random) {
        return Deliveries.random(new Random(random.nextLong()));
    }

    private static WebhookResult<WebhookDelivery> result(SplittableRandom random) {
        WebhookDelivery delivery = delivery(random);
        return random.nextBoolean()
                ? new WebhookResult.Value<>(delivery)
                : WebhookResult.Failure.of(delivery, new IOException(Damage.of("reason", random)));
    }

    private static LaneSplit lane(SplittableRandom random) {
        List<byte[]> queue = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            queue.add(WebhookDeliveryWire.copyOf(delivery(random)));
        }
        List<LossWindow> losses = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            long shed = random.nextLong(1L << 40);
            losses.add(
                    new LossWindow(
                            "stream-" + i,
                            random.nextLong(),
                            shed + random.nextLong(1L << 40),
                            shed));
        }
        return new LaneSplit(random.nextInt(), random.nextLong(), random.nextInt(), queue, losses);
    }

    private static WebhookEnumState state(SplittableRandom random) {
        int lanes = 1 + random.nextInt(4096);
        BitSet assigned = new BitSet();
        for (int i = random.nextInt(50); i > 0; i--) {
            assigned.set(random.nextInt(lanes));
        }
        return new WebhookEnumState(lanes, assigned, random.nextLong(), configuration(random));
    }

    private static ConfigurationVersion configuration(SplittableRandom random) {
        if (random.nextBoolean()) {
            return null;
        }
        Map<String, Map<String, String>> streams = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Map<String, String> options = new TreeMap<>();
            for (int j = random.nextInt(4); j > 0; j--) {
                options.put("key-" + random.nextInt(), "wert-ü-" + random.nextInt());
            }
            streams.put("stream-" + random.nextInt(), options);
        }
        return new ConfigurationVersion(random.nextLong(), streams);
    }
}
