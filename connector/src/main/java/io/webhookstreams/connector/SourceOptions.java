/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;

/** Options of one webhook source. */
@PublicEvolving
public final class SourceOptions {

    /** What becomes of a delivery whose deserialization schema throws. */
    public enum OnError {
        /** An error record with the raw delivery and the reason is emitted. */
        EMIT,
        /** The delivery is counted in {@code numRecordsInErrors} and dropped. */
        DROP,
        /** The task fails. */
        FAIL
    }

    public static final ConfigOption<Integer> LANES =
            ConfigOptions.key("lanes")
                    .intType()
                    .defaultValue(32)
                    .withDescription(
                            "Number of lanes, the ordered sequences that deliveries are appended to; at least the"
                                    + " source's parallelism. Fixed for the life of the job's state: another value"
                                    + " on restore is refused.");

    public static final ConfigOption<MemorySize> QUEUE_MAX_BYTES =
            ConfigOptions.key("queue.max-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(16))
                    .withDescription(
                            "Bytes of deliveries that one reader queues between admission and emission, divided"
                                    + " among the streams by their `weight`. The queue is part of each"
                                    + " checkpoint. Beyond it deliveries are refused with the stream's overload"
                                    + " status.");

    public static final ConfigOption<MemorySize> COALESCING_MAX_BYTES =
            ConfigOptions.key("coalescing.max-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(16))
                    .withDescription(
                            "Memory of one reader for the events that it recognises retries of, some 260"
                                    + " bytes each. The oldest that are durable are forgotten first; while"
                                    + " pending ones alone fill it, further deliveries are taken and not"
                                    + " remembered (`notRemembered`). See `coalescing.enabled` of a"
                                    + " stream.");

    public static final ConfigOption<Duration> WATCHDOG_TIMEOUT =
            ConfigOptions.key("watchdog.timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "When no checkpoint has completed for this long while deliveries wait for one (or no"
                                    + " barrier has come at all since the reader opened), new deliveries are refused"
                                    + " at once with 503 `not_durable_in_time` and the endpoint is not ready, until"
                                    + " a checkpoint completes.");

    public static final ConfigOption<OnError> ON_ERROR =
            ConfigOptions.key("on-error")
                    .enumType(OnError.class)
                    .defaultValue(OnError.EMIT)
                    .withDescription(
                            "What becomes of a delivery that the deserialization schema cannot read: `emit` an error"
                                    + " record with the raw delivery and the reason, `drop` it (counted) or `fail`"
                                    + " the task.");

    private SourceOptions() {}
}
