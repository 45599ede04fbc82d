/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import static io.webhookstreams.jobs.pipeline.TestDelivery.aDelivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.ShedLedger;
import io.webhookstreams.connector.WebhookDelivery;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;

class DeduplicateTest {

    private static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));
    private static final byte[] BODY = {1, 2, 3};
    private static final Duration TIME_TO_LIVE = Duration.ofDays(7);

    private KeyedOneInputStreamOperatorTestHarness<String, WebhookDelivery, WebhookDelivery> stage;

    @BeforeEach
    void open() throws Exception {
        stage = aStage();
        stage.open();
        stage.setStateTtlProcessingTime(0);
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    @Test
    void the_first_delivery_of_an_event_passes_and_its_retry_is_dropped() throws Exception {
        WebhookDelivery first = aDelivery().ofEvent("evt_1").build();
        send(first, aDelivery().ofEvent("evt_1").build());

        assertThat(passed()).containsExactly(first);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void the_same_id_on_another_stream_is_another_event() throws Exception {
        send(
                aDelivery().of("orders").ofEvent("evt_1").build(),
                aDelivery().of("refunds").ofEvent("evt_1").build());

        assertThat(passed()).hasSize(2);
    }

    @Test
    void the_same_id_with_another_body_is_a_dead_letter() throws Exception {
        WebhookDelivery other = aDelivery().ofEvent("evt_1").withBody("{\"id\":2}").build();
        send(aDelivery().ofEvent("evt_1").withBody("{\"id\":1}").build(), other);

        assertThat(passed()).hasSize(1);
        assertThat(deadLetters())
                .singleElement()
                .satisfies(
                        letter -> {
                            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.ID_CONFLICT);
                            assertThat(letter.delivery()).isEqualTo(other);
                        });
    }

    @Test
    void a_conflict_does_not_replace_what_was_seen() throws Exception {
        WebhookDelivery first = aDelivery().ofEvent("evt_1").withBody("{\"id\":1}").build();
        WebhookDelivery other = aDelivery().ofEvent("evt_1").withBody("{\"id\":2}").build();
        send(first, other, first, other);

        assertThat(passed()).containsExactly(first);
        assertThat(deadLetters()).hasSize(2);
    }

    @Test
    void where_the_vendor_changes_bodies_another_body_is_a_duplicate() throws Exception {
        send(
                aDelivery().of("payments").ofEvent("evt_1").withBody("{\"n\":1}").build(),
                aDelivery().of("payments").ofEvent("evt_1").withBody("{\"n\":2}").build());

        assertThat(passed()).hasSize(1);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void a_stream_that_came_later_is_known_by_how_its_vendor_proves_itself() throws Exception {
        send(
                aDelivery()
                        .of("later")
                        .verifiedBy("stripe")
                        .ofEvent("evt_1")
                        .withBody("{}")
                        .build(),
                aDelivery().of("later").verifiedBy("stripe").ofEvent("evt_1").build());

        assertThat(passed()).hasSize(1);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void deliveries_without_an_event_id_always_pass() throws Exception {
        WebhookDelivery delivery = aDelivery().ofEvent(null).build();
        send(delivery, delivery);

        assertThat(passed()).hasSize(2);
    }

    @Test
    void of_a_stream_that_is_not_deduplicated_every_delivery_passes() throws Exception {
        WebhookDelivery delivery = aDelivery().of("logs").ofEvent("evt_1").build();
        send(delivery, delivery, aDelivery().of("logs").ofEvent("evt_1").withBody("{}").build());

        assertThat(passed()).hasSize(3);
        assertThat(deadLetters()).isEmpty();
        assertThat(stage.numKeyedStateEntries()).isZero();
    }

    @Test
    void a_shed_event_is_in_the_ledger_once_and_a_later_attempt_that_was_kept_is_dropped()
            throws Exception {
        WebhookDelivery shed = aDelivery().ofEvent("evt_1").withBodyDigest(BODY).shed(8).build();
        WebhookDelivery kept = aDelivery().ofEvent("evt_1").withBodyDigest(BODY).build();
        send(shed, shed, kept);

        assertThat(ledger()).containsExactly(shed);
        assertThat(passed()).isEmpty();
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void a_kept_event_is_not_in_the_ledger_whatever_a_later_attempt_was() throws Exception {
        WebhookDelivery kept = aDelivery().ofEvent("evt_1").withBodyDigest(BODY).build();
        send(kept, aDelivery().ofEvent("evt_1").withBodyDigest(BODY).shed(8).build());

        assertThat(passed()).containsExactly(kept);
        assertThat(ledger()).isEmpty();
    }

    @Test
    void a_shed_event_without_an_id_is_always_in_the_ledger() throws Exception {
        WebhookDelivery shed = aDelivery().ofEvent(null).shed(8).build();
        send(shed, shed);

        assertThat(ledger()).containsExactly(shed, shed);
        assertThat(passed()).isEmpty();
    }

    @Test
    void a_shed_event_with_a_known_id_and_another_body_is_in_the_ledger_for_it_has_no_body_to_mend()
            throws Exception {
        WebhookDelivery shed =
                aDelivery().ofEvent("evt_1").withBodyDigest((byte) 7).shed(8).build();
        send(aDelivery().ofEvent("evt_1").build(), shed);

        assertThat(ledger()).containsExactly(shed);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void an_event_id_is_forgotten_after_its_time_to_live_counted_from_the_first_delivery()
            throws Exception {
        WebhookDelivery delivery = aDelivery().ofEvent("evt_1").build();
        send(delivery);
        stage.setStateTtlProcessingTime(TIME_TO_LIVE.toMillis() - 1);
        send(delivery);
        assertThat(passed()).hasSize(1);

        stage.setStateTtlProcessingTime(TIME_TO_LIVE.toMillis());
        send(delivery);
        assertThat(passed()).hasSize(2);
    }

    @Test
    void a_restored_stage_remembers_what_was_seen() throws Exception {
        WebhookDelivery delivery = aDelivery().ofEvent("evt_1").build();
        send(delivery);
        OperatorSubtaskState snapshot = stage.snapshot(1, 0);
        stage.close();

        stage = aStage();
        stage.initializeState(snapshot);
        stage.open();
        send(delivery);

        assertThat(passed()).isEmpty();
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, WebhookDelivery, WebhookDelivery>
            aStage() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(
                        new Deduplicate(
                                TIME_TO_LIVE,
                                Set.of("payments"),
                                Set.of("stripe"),
                                Set.of("logs"),
                                DEAD_LETTERS)),
                new EventKey(),
                Types.STRING);
    }

    private void send(WebhookDelivery... deliveries) throws Exception {
        for (WebhookDelivery delivery : deliveries) {
            stage.processElement(delivery, 0);
        }
    }

    private List<WebhookDelivery> passed() {
        return stage.extractOutputValues();
    }

    private List<WebhookDelivery> ledger() {
        Queue<StreamRecord<WebhookDelivery>> shed = stage.getSideOutput(ShedLedger.SHED);
        return shed == null ? List.of() : shed.stream().map(StreamRecord::getValue).toList();
    }

    private List<DeadLetter> deadLetters() {
        Queue<StreamRecord<DeadLetter>> letters = stage.getSideOutput(DEAD_LETTERS);
        return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
    }
}
