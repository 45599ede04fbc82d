/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

class WebhookDeliveryWireTest {

    @Test
    void every_field_survives() throws IOException {
        WebhookDelivery written = Deliveries.full();

        WebhookDelivery read = WebhookDeliveryWire.read(WebhookDeliveryWire.copyOf(written));

        assertThat(read).usingRecursiveComparison().isEqualTo(written);
        assertThat(read).isEqualTo(written).hasSameHashCodeAs(written);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void random_deliveries_survive(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < 25; i++) {
            WebhookDelivery written = Deliveries.random(random);
            WebhookDelivery read = WebhookDeliveryWire.read(WebhookDeliveryWire.copyOf(written));
            assertThat(read).usingRecursiveComparison().isEqualTo(written);
        }
    }

    @Test
    void lane_and_sequence_are_completed_in_a_copy() throws IOException {
        WebhookDelivery draft = Deliveries.draft("a");
        byte[] copy = WebhookDeliveryWire.copyOf(draft);

        WebhookDeliveryWire.append(copy, 3, 42);

        WebhookDelivery appended = WebhookDeliveryWire.read(copy);
        assertThat(appended.lane()).isEqualTo(3);
        assertThat(appended.sequence()).isEqualTo(42);
        assertThat(WebhookDeliveryWire.sequenceOf(copy)).isEqualTo(42);
        assertThat(appended.deliveryId()).isEqualTo(draft.deliveryId());
        assertThat(draft.lane()).isEqualTo(WebhookDelivery.NO_LANE);
        assertThat(WebhookDeliveryWire.read(WebhookDeliveryWire.bytesOf(draft)).lane())
                .isEqualTo(WebhookDelivery.NO_LANE);
    }

    @Test
    void version_1_stays_readable() throws IOException {
        assertThat(WebhookDeliveryWire.read(Golden.bytes("delivery-v1.bin")))
                .usingRecursiveComparison()
                .isEqualTo(Deliveries.full());
    }

    @Test
    void version_1_is_what_is_written() {
        assertThat(WebhookDeliveryWire.bytesOf(Deliveries.full()))
                .isEqualTo(Golden.bytes("delivery-v1.bin"));
    }

    @Test
    void version_2_stays_readable_and_is_what_is_written_of_a_shed_one() throws IOException {
        byte[] golden = Golden.bytes("delivery-v2.bin");

        WebhookDelivery shed = WebhookDeliveryWire.read(golden);

        assertThat(shed.isShed()).isTrue();
        assertThat(shed.shedReason()).isEqualTo(ShedLedger.HIGH_WATER);
        assertThat(shed.samplingRate()).isEqualTo(0.25);
        assertThat(shed.body()).isEmpty();
        assertThat(shed.bodyBytes()).isEqualTo(Deliveries.full().body().length);
        assertThat(shed)
                .usingRecursiveComparison()
                .ignoringFields(
                        "wire",
                        "body",
                        "headers",
                        "query",
                        "contentType",
                        "charset",
                        "shedReason",
                        "samplingRate")
                .isEqualTo(Deliveries.full());
        byte[] written = WebhookDeliveryWire.shedOf(Deliveries.full(), 0.25, ShedLedger.HIGH_WATER);
        WebhookDeliveryWire.append(written, shed.lane(), shed.sequence());
        assertThat(written).isEqualTo(golden);
        assertThat(WebhookDeliveryWire.streamOf(golden)).isEqualTo(shed.stream());
    }

    @Test
    void a_shed_one_is_refused_wherever_it_is_cut_and_where_its_size_is_none() {
        byte[] wire = Golden.bytes("delivery-v2.bin");
        for (int length = 0; length < wire.length; length++) {
            byte[] cut = Arrays.copyOf(wire, length);
            assertThatThrownBy(() -> WebhookDeliveryWire.read(cut)).isInstanceOf(IOException.class);
        }
        // Before the reason's length and text stand the bytes that the body had.
        wire[wire.length - ShedLedger.HIGH_WATER.length() - 2 * Integer.BYTES] = -1;
        assertThatThrownBy(() -> WebhookDeliveryWire.read(wire))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("delivery: a shed body of -");
    }

    @Test
    void an_unknown_version_is_refused() {
        byte[] wire = WebhookDeliveryWire.copyOf(Deliveries.full());
        wire[0] = 9;

        assertThatThrownBy(() -> WebhookDeliveryWire.read(wire))
                .isInstanceOf(IOException.class)
                .hasMessage("delivery: version 9 (expected: 1 or 2)");
    }

    @Test
    void bytes_left_over_are_refused() {
        byte[] wire = WebhookDeliveryWire.copyOf(Deliveries.full());

        assertThatThrownBy(() -> WebhookDeliveryWire.read(Arrays.copyOf(wire, wire.length + 3)))
                .isInstanceOf(IOException.class)
                .hasMessage("delivery: 3 bytes after its end (expected: 0)");
    }

    @Test
    void bytes_missing_are_refused_wherever_they_are_cut() {
        byte[] wire = WebhookDeliveryWire.copyOf(Deliveries.full());
        for (int length = 0; length < wire.length; length++) {
            byte[] cut = Arrays.copyOf(wire, length);
            assertThatThrownBy(() -> WebhookDeliveryWire.read(cut)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void damaged_bytes_are_read_or_refused_and_never_worse(long seed) {
        Random random = new Random(seed);
        byte[] wire = WebhookDeliveryWire.copyOf(Deliveries.full());
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = wire.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                assertThat(WebhookDeliveryWire.read(damaged)).isNotNull();
            } catch (IOException expected) {
                assertThat(expected).hasMessageStartingWith("delivery: ");
            }
        }
    }
}
