/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.admission.Admission;

import org.junit.jupiter.api.Test;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;

/** What a request keeps alive until it is answered: what its room is charged for, no body. */
class HeldMemoryTest {

    private static final long PATIENCE_SECONDS = 10;

    private final TestPath path = new TestPath(System::nanoTime);

    @Test
    void the_body_is_nobodys_once_it_is_appended() throws Exception {
        Post post = new Post(System.nanoTime());
        path.ingest.arrived(post);
        post.bodyArrives();

        WeakReference<byte[]> body = new WeakReference<>(takeAppended());

        awaitCollected(body);
        assertThat(path.held.used()).isEqualTo(Admission.HELD_REQUEST_BYTES);
        assertThat(path.intake.pending()).isEqualTo(1);
        assertThat(post.answered()).isNull();
        post.leaves();
    }

    @Test
    void a_sender_that_leaves_takes_its_request_along_though_its_receipt_stays_open() {
        WeakReference<Post> post = postThatLeaves();

        assertThat(path.held.used()).isZero();
        assertThat(path.intake.pending()).isEqualTo(1);
        awaitCollected(post);
    }

    private WeakReference<Post> postThatLeaves() {
        Post post = new Post(System.nanoTime());
        path.ingest.arrived(post);
        post.bodyArrives();
        post.leaves();
        assertThat(post.answered()).isNull();
        return new WeakReference<>(post);
    }

    /** Forgets the delivery, as a reader that has emitted it. */
    private byte[] takeAppended() throws InterruptedException {
        byte[] body = path.intake.awaitDelivery().body();
        path.intake.appended().clear();
        return body;
    }

    private static void awaitCollected(WeakReference<?> reference) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (reference.get() != null) {
            assertThat(System.nanoTime() - deadline).as("still retained").isNegative();
            System.gc();
        }
    }
}
