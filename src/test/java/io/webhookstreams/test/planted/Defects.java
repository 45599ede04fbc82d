/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.planted;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is planted. A <i>provocation</i> breaks no promise: it makes an instant last long enough to
 * be hit. A <i>defect</i> breaks one.
 */
public final class Defects {

    private static final String CHECKPOINT =
            "checkpoint/src/main/java/io/webhookstreams/checkpoint/";
    private static final String CONNECTOR = "connector/src/main/java/io/webhookstreams/connector/";
    private static final String PIPELINE = "jobs/src/main/java/io/webhookstreams/jobs/pipeline/";

    private static final String READER = CONNECTOR + "reader/WebhookSourceReader.java";
    private static final String DEDUPLICATE = PIPELINE + "Deduplicate.java";
    private static final String COUNT = PIPELINE + "CountInWindows.java";

    /** Provocation: readers emit more slowly than vendors post, so that lanes have a queue. */
    static final Defect SLOW_EMISSION =
            Defect.of(
                    "slow-emission",
                    new Edit(
                            READER,
                            "output.collect(emission.record(), emission.timestampMillis());",
                            """
                            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000L);
                            output.collect(emission.record(), emission.timestampMillis());"""));

    /** Provocation: without kills and resent events nothing comes out twice all the same. */
    static final Defect DEDUPLICATION_FORGETS =
            Defect.of(
                    "deduplication-forgets",
                    new Edit(DEDUPLICATE, "seenDigest.update(delivery.bodyDigest());", ""));

    public static final Defect ANSWER_AT_APPEND =
            Defect.of(
                    "answer-at-append",
                    new Edit(
                            CONNECTOR + "reader/ReaderIntake.java",
                            "case CHECKPOINT -> checkpoint;",
                            "case CHECKPOINT -> accept;"));

    static final Defect ANSWER_AT_SNAPSHOT =
            Defect.of(
                    "answer-at-snapshot",
                    new Edit(
                            READER,
                            "return intake.cut(checkpointId);",
                            """
                            List<LaneSplit> splits = intake.cut(checkpointId);
                            intake.complete(checkpointId);
                            return splits;"""));

    /** A reader takes over only the lanes that a fresh start would have given it. */
    static final Defect LANE_LOST_ON_RESCALE =
            Defect.of(
                    "lane-lost-on-rescale",
                    new Edit(
                            READER,
                            "splits.forEach(lanes::add);",
                            """
                            splits.stream()
                                    .filter(
                                            split ->
                                                    split.lane() % context.currentParallelism()
                                                            == context.getIndexOfSubtask())
                                    .forEach(lanes::add);"""));

    /** Only behind a deduplication that forgets: one that works removes what is emitted again. */
    static final Defect EMITTED_TWICE =
            Defect.of(
                    "emitted-twice",
                    new Edit(
                            READER,
                            "emission.head().emittedOne();",
                            """
                            output.collect(emission.record(), emission.timestampMillis());
                            emission.head().emittedOne();"""));

    /** A delivery overtakes the last one of its lane. */
    static final Defect REORDERED =
            Defect.of(
                    "reordered",
                    new Edit(
                            CONNECTOR + "lane/Lane.java",
                            "queue.addLast(delivery);",
                            """
                            if (queue.size() < 2) {
                                queue.addLast(delivery);
                            } else {
                                QueuedDelivery overtaken = queue.removeLast();
                                queue.addLast(delivery);
                                queue.addLast(overtaken);
                            }"""));

    /** A reader that goes away says yes to what only it has. */
    static final Defect ANSWERING_ZOMBIE =
            Defect.of(
                    "answering-zombie",
                    new Edit(
                            CHECKPOINT + "CheckpointDurability.java",
                            "settle(lost, Settlement.LOST);",
                            "settle(lost, Settlement.DURABLE);"));

    /** A retry of what is pending is appended too; of what is durable it is known still. */
    public static final Defect JOINS_NOTHING =
            Defect.of(
                    "joins-nothing",
                    new Edit(
                            CHECKPOINT + "Coalescer.java",
                            "boolean retry = known != null;",
                            """
                            boolean retry =
                                    known != null && checkpoint.isDurable(known.epoch());"""));

    /** The place in the queue is not given back when its delivery is emitted. */
    static final Defect LEAKED_PERMIT =
            Defect.of(
                    "leaked-permit",
                    new Edit(
                            CONNECTOR + "lane/Lanes.java",
                            "lane.removeHead().place().close();",
                            "lane.removeHead();"));

    /** The memory for a held request is not given back with its yes. */
    static final Defect LEAKED_HOLD =
            Defect.of(
                    "leaked-hold",
                    new Edit(
                            CONNECTOR + "ingest/HeldRequest.java",
                            "return sayYes(request, open, metrics, shed, permit::close);",
                            "return sayYes(request, open, metrics, shed, () -> {});"));

    static final Defect WINDOW_COUNTED_TWICE =
            Defect.of(
                    "window-counted-twice",
                    new Edit(
                            COUNT,
                            "openByStart.remove(window.start());",
                            """
                            out.collect(
                                    new WindowCount(
                                            key,
                                            window,
                                            openByStart.get(window.start()).count(),
                                            by));
                            openByStart.remove(window.start());"""));

    /** Keeps what arrives in its lane for as long as a file exists; emits everything before. */
    public static Defect heldWhile(Path file) {
        return Defect.of(
                "held",
                new Edit(
                        READER,
                        "Head head = gate.locked(this::nextHead);",
                        """
                        if (new java.io.File("%s").exists()) {
                            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000L);
                            return false;
                        }
                        Head head = gate.locked(this::nextHead);"""
                                .formatted(file)));
    }

    /** Provocation: what is behind the source takes so long for each record while a file exists. */
    public static Defect slowWhile(Path file, Duration each) {
        return Defect.of(
                "slow-downstream",
                new Edit(
                        DEDUPLICATE,
                        "if (delivery.eventId() == null || streamsNotDeduplicated",
                        """
                        if (new java.io.File("%s").exists()) {
                            java.util.concurrent.locks.LockSupport.parkNanos(%dL);
                        }
                        if (delivery.eventId() == null || streamsNotDeduplicated"""
                                .formatted(file, each.toNanos())));
    }

    static List<Defect> all() {
        return List.of(
                SLOW_EMISSION,
                DEDUPLICATION_FORGETS,
                ANSWER_AT_APPEND,
                ANSWER_AT_SNAPSHOT,
                LANE_LOST_ON_RESCALE,
                EMITTED_TWICE,
                REORDERED,
                ANSWERING_ZOMBIE,
                JOINS_NOTHING,
                LEAKED_PERMIT,
                LEAKED_HOLD,
                WINDOW_COUNTED_TWICE,
                heldWhile(Path.of("held")),
                slowWhile(Path.of("slow"), Duration.ofMillis(1)));
    }

    private Defects() {}
}
