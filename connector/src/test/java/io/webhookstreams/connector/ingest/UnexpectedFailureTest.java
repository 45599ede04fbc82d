/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/** A fault of ours somewhere on the path: it goes on to the server, and all room is given back. */
class UnexpectedFailureTest {

    private final TestPath path = new TestPath(System::nanoTime);
    private final Post post = new Post(System.nanoTime());

    static List<Throwable> failures() {
        return List.of(new IllegalStateException("planted"), new StackOverflowError("planted"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void while_the_record_is_made(Throwable failure) {
        post.headersAreBroken(failure);
        assertThatRoomIsGivenBack(failure);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void while_its_lane_is_chosen(Throwable failure) {
        path.intake.hasBrokenLanes(failure);
        assertThatRoomIsGivenBack(failure);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void while_it_is_appended(Throwable failure) {
        path.intake.isBroken(failure);
        assertThatRoomIsGivenBack(failure);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void while_its_body_is_read(Throwable failure) {
        path.ingest.arrived(post);
        post.betweenParts(() -> FakeIntake.sneak(failure));
        assertThatThrownBy(() -> post.partArrives(new byte[1_000])).isSameAs(failure);

        assertThat(path.unverified.size()).isZero();
        assertThat(path.unverified.bytes()).isZero();
    }

    private void assertThatRoomIsGivenBack(Throwable failure) {
        path.ingest.arrived(post);
        assertThatThrownBy(post::bodyArrives).isSameAs(failure);

        assertThat(path.held.used()).isZero();
        assertThat(path.unverified.size()).isZero();
        assertThat(path.unverified.bytes()).isZero();
        assertThat(path.intake.pending()).isZero();
    }
}
