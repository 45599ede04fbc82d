/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.checkpoint.ByteBudget;
import io.webhookstreams.checkpoint.Deadlines;
import io.webhookstreams.checkpoint.WeightedBudget;
import io.webhookstreams.connector.TestStreams;
import io.webhookstreams.connector.admission.Admission;
import io.webhookstreams.connector.admission.DrainSwitch;
import io.webhookstreams.connector.admission.RetryAfter;
import io.webhookstreams.connector.admission.UnverifiedRequests;
import io.webhookstreams.connector.metrics.ListenerMetrics;

import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** What a request keeps alive until it is answered: what its room is charged for, no body. */
class HeldMemoryTest {

    private static final long PATIENCE_SECONDS = 10;

    private final ByteBudget bytes = new ByteBudget("held", 1 << 20);
    private final WeightedBudget held = new WeightedBudget(bytes);
    private final FakeIntake intake = new FakeIntake();
    private final ListenerMetrics metrics = new ListenerMetrics(bytes, bytes, () -> 0);
    private final Registrations registrations =
            new Registrations(
                    new LocalSecrets(Path.of(""), name -> null),
                    metrics,
                    held,
                    InstantSource.system(),
                    System::nanoTime);
    private final IngestPath path =
            new IngestPath(
                    registrations,
                    new Admission(
                            new UnverifiedRequests(
                                    new ByteBudget("unverified", 1 << 20),
                                    metrics,
                                    System::nanoTime),
                            bytes,
                            held,
                            new DrainSwitch()),
                    new PausedReads(System::nanoTime, Runnable::run),
                    new Problems(new RetryAfter(Random::new)),
                    metrics,
                    new Timing(
                            System::nanoTime,
                            Deadlines.turnedByHand(System::nanoTime, Duration.ofMillis(10))),
                    Runnable::run,
                    UUID::randomUUID);

    @BeforeEach
    void register() {
        IngestServer.Handle unused =
                registrations.register(
                        new Registration(
                                new TestStreams().with("orders", options -> {}).source(),
                                0,
                                1,
                                intake,
                                InternalSourceReaderMetricGroup.mock(
                                        UnregisteredMetricGroups
                                                .createUnregisteredTaskMetricGroup())));
    }

    @Test
    void the_body_is_nobodys_once_it_is_appended() throws Exception {
        Post post = new Post();
        path.arrived(post);
        post.bodyArrives();

        WeakReference<byte[]> body = new WeakReference<>(takeAppended());

        awaitCollected(body);
        assertThat(bytes.used()).isEqualTo(Admission.HELD_REQUEST_BYTES);
        assertThat(intake.pending()).isEqualTo(1);
        post.leaves();
    }

    @Test
    void a_sender_that_leaves_takes_its_request_along_though_its_receipt_stays_open() {
        WeakReference<Post> post = postThatLeaves();

        assertThat(bytes.used()).isZero();
        assertThat(intake.pending()).isEqualTo(1);
        awaitCollected(post);
    }

    private WeakReference<Post> postThatLeaves() {
        Post post = new Post();
        path.arrived(post);
        post.bodyArrives();
        post.leaves();
        return new WeakReference<>(post);
    }

    /** Forgets the delivery, as a reader that has emitted it. */
    private byte[] takeAppended() throws InterruptedException {
        byte[] body = intake.awaitDelivery().body();
        intake.appended().clear();
        return body;
    }

    private static void awaitCollected(WeakReference<?> reference) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (reference.get() != null) {
            assertThat(System.nanoTime() - deadline).as("still retained").isNegative();
            System.gc();
        }
    }

    /** A request whose body comes after its headers; like Jetty's, it keeps whoever reads it. */
    private static final class Post implements Exchange {

        private Runnable next;
        private Runnable gone;
        private boolean here;

        void bodyArrives() {
            here = true;
            next.run();
        }

        void leaves() {
            gone.run();
        }

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return "/in/orders";
        }

        @Override
        public String query() {
            return null;
        }

        @Override
        public String header(String name) {
            return name.equals("x-event-id") ? "evt_1" : null;
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }

        @Override
        public int headerLines() {
            return 0;
        }

        @Override
        public void forEachHeader(BiConsumer<String, String> line) {}

        @Override
        public long declaredLength() {
            return -1;
        }

        @Override
        public InetAddress clientAddress() {
            return null;
        }

        @Override
        public List<X509Certificate> clientCertificates() {
            return List.of();
        }

        @Override
        public Instant receivedAt() {
            return Instant.EPOCH;
        }

        @Override
        public long receivedNanos() {
            return System.nanoTime();
        }

        @Override
        public Pull pull(BodySink sink) {
            boolean taken =
                    here && sink.accept(ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)));
            return taken ? Pull.END : Pull.WAIT;
        }

        @Override
        public void whenReadable(Runnable task) {
            next = task;
        }

        @Override
        public void abandon() {}

        @Override
        public void fail(Throwable fault) {
            throw new AssertionError(fault);
        }

        @Override
        public boolean answer(Answer answer, Runnable written) {
            throw new AssertionError(answer);
        }

        @Override
        public void hold(Runnable task) {
            gone = task;
        }
    }
}
