/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.PolicyOptions;
import io.webhookstreams.connector.TestStreams;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.lane.QueueBudget;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Requests that wait while their stream's queue of 16 is too full: from 15 deliveries on, until 10
 * are left.
 */
class WaitingLineTest {

    private static final int MOST = 16;
    private static final int HIGH = 15;
    private static final int LOW = 10;
    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private final AtomicLong clock = new AtomicLong();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final TestPath path = new TestPath(clock::get, tasks::add, WaitingLineTest::few);
    private final List<Post> posts = new ArrayList<>();

    private static void few(Configuration orders) {
        orders.set(PolicyOptions.MAX_DELIVERIES, MOST).set(PolicyOptions.MAX_WAIT, MAX_WAIT);
    }

    @Test
    void all_go_on_in_order_of_arrival_as_room_comes_and_none_is_refused() {
        fillTheQueue();
        come(200);

        for (int i = 0; i < 70; i++) {
            path.intake.emits(3);
            sweep();
            runTasks();
        }

        assertThat(posts).extracting(Post::answered).containsOnlyNulls();
        assertThat(path.intake.appended())
                .extracting(WebhookDelivery::eventId)
                .containsExactlyElementsOf(ids(HIGH + 200));
    }

    @Test
    void no_more_go_on_than_there_is_room_for_beside_those_that_are_not_appended_yet() {
        fillTheQueue();
        come(200);
        path.intake.emits(HIGH - LOW);

        sweep();
        sweep();
        assertThat(tasks).hasSize(HIGH - LOW);

        runTasks();
        sweep();
        assertThat(tasks).isEmpty();
        assertThat(path.intake.appended()).hasSize(HIGH + HIGH - LOW);
    }

    @Test
    void what_is_declared_counts_as_bytes_too() {
        path.intake.queuesIn(
                new QueueBudget(10_000, new TestStreams().with("orders", o -> {}).settings()));
        come(70);
        assertThat(path.intake.appended()).hasSize(70);
        for (int i = 0; i < 20; i++) {
            arrive(post().declaring(1_000));
        }
        path.intake.emits(70);

        sweep();

        // Of 9,000 bytes up to the high water, each takes 1,000 and what comes with a body.
        assertThat(tasks).hasSize(4);
    }

    @Test
    void whoever_comes_while_others_wait_goes_behind_them() {
        fillTheQueue();
        come(2);
        path.intake.emits(HIGH - LOW);

        come(1);
        assertThat(path.intake.appended()).hasSize(HIGH);

        sweep();
        runTasks();
        assertThat(path.intake.appended())
                .extracting(WebhookDelivery::eventId)
                .containsExactlyElementsOf(ids(HIGH + 3));
        come(1);
        assertThat(path.intake.appended()).as("nobody waits any more").hasSize(HIGH + 4);
    }

    @Test
    void
            whoever_is_slow_when_its_turn_has_come_keeps_the_others_waiting_for_a_part_of_their_wait_alone() {
        fillTheQueue();
        for (int i = 0; i < 14; i++) {
            arrive(new Post(clock.get()));
        }
        come(1);
        path.intake.emits(HIGH - LOW);

        for (int i = 0; i < 2; i++) {
            sweep();
            sweep();
            assertThat(tasks).hasSize(HIGH - LOW);
            runTasks();
            clock.addAndGet(MAX_WAIT.toNanos() / 4);
        }
        assertThat(path.intake.appended()).hasSize(HIGH);
        sweep();
        runTasks();
        assertThat(path.intake.appended()).hasSize(HIGH + 1);
    }

    @Test
    void a_turn_is_over_when_its_sender_is_refused() {
        fillTheQueue();
        for (int i = 0; i < 20; i++) {
            arrive(new Post(clock.get(), null).withBody());
        }
        path.intake.emits(HIGH - LOW);

        for (int i = 0; i < 4; i++) {
            assertThat(posts.get(HIGH + i * (HIGH - LOW)).answered()).isNull();
            sweep();
            assertThat(tasks).hasSize(HIGH - LOW);
            runTasks();
        }

        assertThat(posts.subList(HIGH, HIGH + 20))
                .allSatisfy(post -> assertThat(post.answered().status()).isEqualTo(400));
    }

    @Test
    void whoever_has_waited_for_long_enough_goes_on_whatever_room_there_is() {
        fillTheQueue();
        come(2);
        clock.addAndGet(MAX_WAIT.toNanos() - 1);
        sweep();
        assertThat(tasks).isEmpty();

        clock.incrementAndGet();
        sweep();
        runTasks();

        assertThat(posts.get(HIGH).answered()).as("into the last place").isNull();
        assertThat(posts.get(HIGH + 1).answered().status()).isEqualTo(503);
    }

    @Test
    void the_places_are_those_of_the_stream_whatever_its_options_have_become() {
        path.reload(WaitingLineTest::twoPlaces);
        fillTheQueue();
        come(2);

        path.reload(o -> twoPlaces(o.set(PolicyOptions.ALERT_LEVEL, 0.5)));
        come(1);

        assertThat(path.intake.appended())
                .as("finds no place and is read at once")
                .hasSize(HIGH + 1);
        path.intake.emits(HIGH + 1 - LOW);
        sweep();
        runTasks();
        assertThat(path.intake.appended()).hasSize(HIGH + 3);
    }

    private static void twoPlaces(Configuration orders) {
        few(orders);
        orders.set(PolicyOptions.MAX_WAITING, 2);
    }

    /** Up to its high water. */
    private void fillTheQueue() {
        path.intake.queuesIn(
                new QueueBudget(
                        1 << 20,
                        new TestStreams().with("orders", WaitingLineTest::few).settings()));
        come(HIGH);
        assertThat(path.intake.appended()).hasSize(HIGH);
    }

    private void come(int deliveries) {
        for (int i = 0; i < deliveries; i++) {
            arrive(post());
        }
    }

    private Post post() {
        return new Post(clock.get(), "evt_" + posts.size()).withBody();
    }

    private void arrive(Post post) {
        posts.add(post);
        path.ingest.arrived(post);
    }

    private void sweep() {
        path.pausedReads.sweep();
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "evt_" + i).toList();
    }
}
