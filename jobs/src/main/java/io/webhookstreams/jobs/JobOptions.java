/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;
import java.util.List;

/** Options of the job itself: the group {@code job} of its configuration file. */
public final class JobOptions {

    public static final ConfigOption<String> DATA_DIR =
            ConfigOptions.key("data-dir")
                    .stringType()
                    .defaultValue("data")
                    .withDescription(
                            "Directory for what `run` keeps: checkpoints, savepoints, logs and, by default, the"
                                    + " output. Relative to the configuration file. One `run` at a time.");

    public static final ConfigOption<String> OUTPUT_DIR =
            ConfigOptions.key("output-dir")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Directory or URI of the files that the job writes. Default: `output` in `data-dir`.");

    public static final ConfigOption<String> CHECKPOINT_DIR =
            ConfigOptions.key("checkpoint-dir")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Durable directory or URI of the checkpoints of a job that is submitted to a cluster."
                                    + " Default: the cluster's; without one, `checkpoints` in `data-dir`. `run` keeps"
                                    + " its own in `data-dir`.");

    public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
            ConfigOptions.key("checkpoint-interval")
                    .durationType()
                    .defaultValue(Duration.ofMillis(500))
                    .withDescription(
                            "Time from one checkpoint to the next: a sender waits half of it on average for its"
                                    + " answer, and at most all of it and a checkpoint's duration, which must be less"
                                    + " than the shortest `answer-deadline`.");

    public static final ConfigOption<Duration> IDLE_CHECKPOINT_INTERVAL =
            ConfigOptions.key("idle-checkpoint-interval")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "With `source.cadence.on-demand`, and required there: time from one checkpoint to the"
                                    + " next while no delivery waits for one. So long it can take until the last events"
                                    + " before a pause are in finished files.");

    public static final ConfigOption<Duration> CHECKPOINT_TIMEOUT =
            ConfigOptions.key("checkpoint-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "A checkpoint that takes longer is given up and the next one is taken.");

    public static final ConfigOption<Integer> PARALLELISM =
            ConfigOptions.key("parallelism")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Subtasks of each operator, at most `source.lanes`. Default: the cluster's; in `run` the"
                                    + " number of processors, at most 4.");

    public static final ConfigOption<String> REST_PORT =
            ConfigOptions.key("rest-port")
                    .stringType()
                    .defaultValue("8081-8089")
                    .withDescription(
                            "Port or range of ports of the web UI of `run`, on 127.0.0.1, without submit and cancel."
                                    + " 0 takes any free port.");

    public static final ConfigOption<String> METRICS_PORT =
            ConfigOptions.key("metrics.port")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Port or range of ports where `run` shows all metrics in Prometheus's format, to"
                                    + " anyone who reaches it. 0 takes any free port; without it there is none. On"
                                    + " a cluster the reporter is Flink's, see `docs/monitoring.md`.");

    public static final ConfigOption<String> METRICS_ADDRESS =
            ConfigOptions.key("metrics.address")
                    .stringType()
                    .defaultValue("127.0.0.1")
                    .withDescription("Address that `metrics.port` listens on.");

    public static final ConfigOption<Duration> STOP_TIMEOUT =
            ConfigOptions.key("stop-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "How long `run` waits for its savepoint when it is told to stop. Then it stops without:"
                                    + " the next `run` resumes from the newest checkpoint, and nothing that was"
                                    + " answered is lost.");

    public static final ConfigOption<Boolean> GENERATE_MISSING_SECRETS =
            ConfigOptions.key("generate-missing-secrets")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether `run` creates a `file:` secret that does not exist, random and readable by its"
                                    + " owner only, for streams with `auth.type: bearer`. For examples: with `false`"
                                    + " a missing secret is an error.");

    public static final ConfigOption<String> RELOAD_FILE =
            ConfigOptions.key("reload.file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Configuration file that the JobManager reads again while the job runs: changes of its"
                                    + " streams are put in force without a restart ([reload](reload.md)). This"
                                    + " file itself, or another one of the same form that the JobManager can"
                                    + " read. Relative to this file. Without it nothing is read again.");

    public static final ConfigOption<Duration> RELOAD_INTERVAL =
            ConfigOptions.key("reload.interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "Time from one reading of `reload.file` to the next. A change counts when two readings"
                                    + " in a row have seen the same.");

    public static final ConfigOption<Duration> DEDUP_TTL =
            ConfigOptions.key("dedup.ttl")
                    .durationType()
                    .defaultValue(Duration.ofDays(7))
                    .withDescription(
                            "How long an event id is remembered, counted from its first delivery. A retry after"
                                    + " that comes out twice: longer than the vendor retries.");

    public static final ConfigOption<List<String>> DEDUP_CHANGING_BODIES =
            ConfigOptions.key("dedup.changing-bodies")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Streams whose vendor changes the body from one try to the next, besides those whose"
                                    + " preset says so (stripe): there another body under a known event id is a"
                                    + " duplicate, elsewhere it is a dead letter `id_conflict`.");

    public static final ConfigOption<List<String>> DEDUP_DISABLED =
            ConfigOptions.key("dedup.disabled")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Streams that are not deduplicated: their ids are not remembered, and a retry comes out"
                                    + " again where the reader does not recognise it (`coalescing.enabled` of a"
                                    + " stream). For destinations that remove duplicates themselves.");

    public static final ConfigOption<Duration> WINDOWS_SIZE =
            ConfigOptions.key("windows.size")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "Length of the windows of event time in which events are counted per stream and type.");

    public static final ConfigOption<Duration> WINDOWS_ALLOWED_LATENESS =
            ConfigOptions.key("windows.allowed-lateness")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "How long, in event time, a window stays open after its end. An event that comes later"
                                    + " goes to the late files and into no count.");

    public static final ConfigOption<Duration> WINDOWS_IDLE_TIMEOUT =
            ConfigOptions.key("windows.idle-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "When event time stands still, the clock closes a window that was quiet for this long"
                                    + " after its end and lateness; and a source subtask without deliveries for this"
                                    + " long does not hold event time back.");

    public static final ConfigOption<Duration> WINDOWS_MAX_OUT_OF_ORDERNESS =
            ConfigOptions.key("windows.max-out-of-orderness")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription("How far event time stays behind the newest event.");

    public static final ConfigOption<Duration> WINDOWS_MAX_FUTURE =
            ConfigOptions.key("windows.max-future")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "How far a vendor's clock may be ahead of ours. An event from further ahead counts at"
                                    + " its time of receipt.");

    public static final ConfigOption<Duration> FILES_ROLL_INTERVAL =
            ConfigOptions.key("files.roll-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .withDescription("Age at which a file is closed and gets its final name.");

    public static final ConfigOption<MemorySize> FILES_ROLL_SIZE =
            ConfigOptions.key("files.roll-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(128))
                    .withDescription("Size at which a file is closed and gets its final name.");

    private JobOptions() {}
}
