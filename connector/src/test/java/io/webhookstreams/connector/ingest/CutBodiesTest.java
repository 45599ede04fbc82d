/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.webhookstreams.connector.StreamOptions;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What becomes of a body that another thread cuts: its bytes are back in the budget, so they must
 * be out of the memory too, however long its sender is still listened to.
 */
class CutBodiesTest {

    private static final long TIMEOUT = StreamOptions.BODY_TIMEOUT.defaultValue().toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final byte[] PART = new byte[900_000];
    private static final int SENDERS = 64;

    /** A third of what they have sent. */
    private static final long MOST_BYTES = 20_000_000;

    private final AtomicLong clock = new AtomicLong();
    private final TestPath path = pathWith(options -> {});

    /** As Jetty keeps them: until their answer has left and they have stopped sending. */
    private final List<Post> lingering = new ArrayList<>();

    @Test
    void of_those_that_are_late_nothing_is_kept() {
        long before = usedBytes();
        for (int i = 0; i < SENDERS; i++) {
            aSender().partArrives(PART);
            clock.addAndGet(TIMEOUT);
            path.unverified.sweep();
        }

        assertThat(lingering).allMatch(post -> post.answered().status() == 408);
        assertThatNothingIsKept(before);
    }

    @Test
    void of_those_that_make_room_for_others_nothing_is_kept() {
        long before = usedBytes();
        for (int i = 0; i < SENDERS; i++) {
            aSender().partArrives(PART);
            clock.addAndGet(SECOND);
        }

        assertThat(lingering.stream().filter(post -> post.answered() != null))
                .hasSize(SENDERS - 1)
                .allMatch(post -> post.answered().status() == 503);
        clock.addAndGet(TIMEOUT);
        path.unverified.sweep();
        assertThatNothingIsKept(before);
    }

    @Test
    void of_those_that_are_just_being_read_nothing_is_kept_and_no_more_is_read() {
        long before = usedBytes();
        for (int i = 0; i < SENDERS; i++) {
            Post post = aSender();
            post.betweenParts(
                    () -> {
                        clock.addAndGet(TIMEOUT);
                        path.unverified.sweep();
                    });
            post.partArrives(PART, new byte[] {'x'});
            assertThat(post.stopped()).isTrue();
        }

        assertThat(lingering).allMatch(post -> post.answered().status() == 408);
        assertThatNothingIsKept(before);
    }

    @Test
    void of_those_that_were_read_and_refused_nothing_is_kept() {
        TestPath strict = pathWith(s -> s.set(StreamOptions.EVENT_ID, "header:x-other"));
        long before = usedBytes();
        for (int i = 0; i < SENDERS; i++) {
            Post post = new Post(clock.get());
            lingering.add(post);
            strict.ingest.arrived(post);
            post.bodyArrives(PART);
        }

        assertThat(lingering).allMatch(post -> post.answered().status() == 400);
        assertThat(usedBytes() - before).isLessThan(MOST_BYTES);
    }

    @ParameterizedTest
    @CsvSource({"429, queue_full", "503, overloaded"})
    void one_for_which_there_is_no_room_is_told_so_as_its_stream_says_it(int status, String code) {
        TestPath chosen = pathWith(s -> s.set(StreamOptions.OVERLOAD_STATUS, status));
        Post slow = new Post(clock.get());
        chosen.ingest.arrived(slow);
        clock.addAndGet(SECOND);
        Post quick = new Post(clock.get());
        chosen.ingest.arrived(quick);
        quick.partArrives(PART);

        slow.partArrives(PART);
        assertThatRefused(slow, status, code);

        clock.addAndGet(SECOND);
        Post quicker = new Post(clock.get());
        chosen.ingest.arrived(quicker);
        assertThat(quick.answered()).isNull();
        quicker.partArrives(PART);
        assertThatRefused(quick, status, code);
        assertThat(quicker.answered()).isNull();
    }

    private static void assertThatRefused(Post post, int status, String code) {
        assertThat(post.answered().status()).isEqualTo(status);
        assertThat(new String(post.answered().body(), UTF_8)).contains(code);
        assertThat(post.answered().headers())
                .anyMatch(header -> header.name().equals("Retry-After"));
    }

    private TestPath pathWith(Consumer<Configuration> more) {
        return new TestPath(
                clock::get,
                s -> {
                    s.set(StreamOptions.MAX_BODY, MemorySize.ofMebiBytes(1));
                    s.set(StreamOptions.MAX_INFLATED_BODY, MemorySize.ofMebiBytes(1));
                    more.accept(s);
                });
    }

    private Post aSender() {
        Post post = new Post(clock.get());
        lingering.add(post);
        path.ingest.arrived(post);
        return post;
    }

    private void assertThatNothingIsKept(long before) {
        assertThat(path.unverified.bytes()).isZero();
        assertThat(usedBytes() - before).isLessThan(MOST_BYTES);
    }

    /** Of the heap, by what can be reached: the collector of these tests stops the world. */
    private static long usedBytes() {
        System.gc();
        Runtime heap = Runtime.getRuntime();
        return heap.totalMemory() - heap.freeMemory();
    }
}
