/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.time.Duration;
import java.util.Locale;

/** Options of what a stream does when more comes than goes on; see docs/overload.md. */
@PublicEvolving
public final class PolicyOptions {

    /** What a stream does when its queue fills up. */
    public enum Policy {
        /** Reads of further requests are paused before anything is refused. */
        QUEUE,
        /** Further deliveries are refused at once. */
        REJECT,
        /** Of further deliveries a sample is kept, and the rest lost within a budget. */
        SHED;

        /** As it is written in a configuration. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final ConfigOption<Policy> POLICY =
            ConfigOptions.key("policy")
                    .enumType(Policy.class)
                    .defaultValue(Policy.QUEUE)
                    .withDescription(
                            "What happens above `queue.high-water`: `queue` (bodies of further requests are"
                                    + " not read for up to `queue.max-wait`; only what finds no room after that"
                                    + " is refused), `reject` (deliveries get the stream's overload status,"
                                    + " until `queue.low-water`) or `shed` (a sample is kept, the rest is"
                                    + " answered as if it were and lost, within `shed.budget`). See"
                                    + " [overload](overload.md).");

    public static final ConfigOption<Integer> WEIGHT =
            ConfigOptions.key("weight")
                    .intType()
                    .defaultValue(1)
                    .withDescription(
                            "The stream's weight against the others, 1 to 1000: half of a reader's queue, and"
                                    + " half of the listener's memory for held requests, is guaranteed to the"
                                    + " streams by weight; the other half is for whoever comes first.");

    public static final ConfigOption<Integer> MAX_DELIVERIES =
            ConfigOptions.key("queue.max-deliveries")
                    .intType()
                    .defaultValue(1_000_000)
                    .withDescription(
                            "Deliveries of the stream that one reader queues, at most, however few bytes they"
                                    + " have.");

    public static final ConfigOption<Double> HIGH_WATER =
            ConfigOptions.key("queue.high-water")
                    .doubleType()
                    .defaultValue(0.9)
                    .withDescription(
                            "The part of the stream's room in a reader's queue, more than 0 and up to 1, from"
                                    + " which its policy acts. Its room is what is guaranteed to it and all that"
                                    + " can be borrowed; the same part of `queue.max-deliveries` counts too.");

    public static final ConfigOption<Double> LOW_WATER =
            ConfigOptions.key("queue.low-water")
                    .doubleType()
                    .noDefaultValue()
                    .withDescription(
                            "The part of the room at which the policy stops acting; less than"
                                    + " `queue.high-water`. Default: three quarters of that.");

    public static final ConfigOption<Duration> MAX_WAIT =
            ConfigOptions.key("queue.max-wait")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "With `policy: queue`, how long the reading of a body is put off, at most; less"
                                    + " than `answer-deadline`. Default: 1 s, or a quarter of"
                                    + " `answer-deadline` where that is less.");

    public static final ConfigOption<Integer> MAX_WAITING =
            ConfigOptions.key("queue.max-waiting")
                    .intType()
                    .defaultValue(256)
                    .withDescription(
                            "How many requests of the stream wait so in one listener, at most; further ones"
                                    + " are read at once.");

    public static final ConfigOption<Double> ALERT_LEVEL =
            ConfigOptions.key("queue.alert-level")
                    .doubleType()
                    .defaultValue(0.8)
                    .withDescription(
                            "The part of the stream's room from which `queueDepthAlert` is 1. Refuses"
                                    + " nothing.");

    public static final ConfigOption<Double> SHED_BUDGET =
            ConfigOptions.key("shed.budget")
                    .doubleType()
                    .noDefaultValue()
                    .withDescription(
                            "With `policy: shed`, required: the part of the stream's deliveries in each"
                                    + " `shed.window` that may be lost, 0.000001 to 0.5. Each lane keeps to it"
                                    + " exactly, across restarts. When it is spent, deliveries are refused as"
                                    + " with `reject`.");

    public static final ConfigOption<Double> SHED_KEEP =
            ConfigOptions.key("shed.keep")
                    .doubleType()
                    .defaultValue(0.1)
                    .withDescription(
                            "The part of the events that is kept while the stream sheds, less than 1: the same"
                                    + " ones at every attempt, by a hash of stream and event id. Their records"
                                    + " carry it as their sampling rate.");

    public static final ConfigOption<Duration> SHED_WINDOW =
            ConfigOptions.key("shed.window")
                    .durationType()
                    .defaultValue(Duration.ofHours(1))
                    .withDescription(
                            "The window of `shed.budget`, 1 s to 30 d; windows begin at multiples of it"
                                    + " since the epoch.");

    public static final ConfigOption<Boolean> SHED_LEDGER =
            ConfigOptions.key("shed.ledger")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether each shed event leaves a record without its body, in order with its lane:"
                                    + " a side output, and the files `shed` of the job. Its bytes count for the"
                                    + " stream's share of the queue; what finds no room for it is refused, not"
                                    + " shed.");

    private PolicyOptions() {}
}
