/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.metrics;

/** Every metric of the connector: its name, where it hangs, its type and its meaning. */
public enum MetricDefinition {
    RECEIVED(
            "received",
            Scope.STREAM,
            Type.COUNTER,
            "Requests that were routed to this stream, whatever became of them."),
    RECEIVED_BYTES(
            "receivedBytes",
            Scope.STREAM,
            Type.COUNTER,
            "Body bytes of verified requests, before content decoding."),
    ANSWERED(
            "answered",
            Scope.STREAM_CODE,
            Type.COUNTER,
            "Answers by code: `ok` for a success status of tier `checkpoint`, `accepted` for one of"
                    + " tier `accept`, which promises nothing, `shed` for one that is lost within"
                    + " `shed.budget`; otherwise the refusal's code. A handshake that is answered is not"
                    + " among them."),
    HANDSHAKES(
            "handshakes",
            Scope.STREAM_RESULT,
            Type.COUNTER,
            "Handshakes, which are no events, by result: `answered`, `refused` for a wrong verify"
                    + " token or one that is not answered, or `pending` while its URL is being"
                    + " fetched."),
    AUTH_DENIED(
            "authDenied",
            Scope.STREAM_CAUSE,
            Type.COUNTER,
            "Denials by cause. Senders are told `unauthorized` for every one of them."),
    CAPTURES(
            "captures",
            Scope.STREAM_RESULT,
            Type.COUNTER,
            "Refused requests that were to be kept (`capture.directory`), by result: `written`,"
                    + " `dropped` for want of room or since too many came, or `failed`."),
    RATE_LIMITED(
            "rateLimited",
            Scope.STREAM_LIMIT,
            Type.COUNTER,
            "Requests that passed a rate limit, by what it counts: `stream`, `credential` or"
                    + " `address`."),
    CLIENT_GONE(
            "clientGone",
            Scope.STREAM,
            Type.COUNTER,
            "Requests whose sender went away before the answer; what was appended is processed."),
    EVENT_ID_FROM_DIGEST(
            "eventIdFromDigest",
            Scope.STREAM,
            Type.COUNTER,
            "Deliveries whose body is not the JSON that the event id stands in; the body's digest"
                    + " is their id."),
    COALESCED_PENDING(
            "coalescedPending",
            Scope.STREAM,
            Type.COUNTER,
            "Retries of a delivery that waits for its checkpoint: not queued again, answered with"
                    + " it."),
    COALESCED_DURABLE(
            "coalescedDurable",
            Scope.STREAM,
            Type.COUNTER,
            "Retries of a delivery that is durable and still remembered: not queued again, answered"
                    + " at once."),
    ID_CONFLICTS(
            "idConflicts",
            Scope.STREAM,
            Type.COUNTER,
            "Deliveries whose event id is remembered with another body: queued, for the job to"
                    + " judge."),
    HELD_REQUESTS(
            "heldRequests",
            Scope.STREAM,
            Type.GAUGE,
            "Requests that are appended and wait for their checkpoint."),
    TIME_TO_DURABLE(
            "timeToDurableMicros",
            Scope.STREAM,
            Type.HISTOGRAM,
            "Microseconds from a request's headers until a completed checkpoint held it; over the"
                    + " last 10 s or more. Nothing in tier `accept`."),
    DEADLINE_HEADROOM(
            "deadlineHeadroom",
            Scope.STREAM,
            Type.GAUGE,
            "Milliseconds that `answer-deadline` is longer than `timeToDurableAtWorstMs`. Below 0"
                    + " deliveries are answered `not_durable_in_time`. With `tier: accept`, which"
                    + " waits for nothing, and for a stream that is revoked or removed,"
                    + " `answer-deadline` itself."),
    PAUSED_READS(
            "pausedReads",
            Scope.STREAM,
            Type.COUNTER,
            "Requests whose body was not read at once because the stream was above its high water."),
    PAUSED_NOW(
            "pausedNow",
            Scope.STREAM,
            Type.GAUGE,
            "Requests that wait so now, of `queue.max-waiting`."),
    QUEUED_BYTES(
            "queuedBytes",
            Scope.STREAM_QUEUE,
            Type.GAUGE,
            "Bytes of the stream's deliveries that the reader has queued."),
    QUEUED_DELIVERIES(
            "queuedDeliveries", Scope.STREAM_QUEUE, Type.GAUGE, "Number of these deliveries."),
    QUEUE_SHARE(
            "queueShareBytes",
            Scope.STREAM_QUEUE,
            Type.GAUGE,
            "Bytes of the reader's queue that are guaranteed to the stream by its `weight`."),
    OVER_HIGH_WATER(
            "overHighWater",
            Scope.STREAM_QUEUE,
            Type.GAUGE,
            "1 while the stream's policy acts: from `queue.high-water`, or from a delivery that did"
                    + " not fit, until `queue.low-water`; else 0."),
    QUEUE_DEPTH_ALERT(
            "queueDepthAlert",
            Scope.STREAM_QUEUE,
            Type.GAUGE,
            "1 while the stream's queue is at `queue.alert-level` or above, else 0."),
    LOSS_BUDGET_LEFT(
            "lossBudgetLeft",
            Scope.STREAM_QUEUE,
            Type.GAUGE,
            "Deliveries that could be shed now, of `shed.budget`, in the reader's lanes; 0 for other"
                    + " policies."),
    LOSS_WINDOW_SHED(
            "lossWindowShed",
            Scope.STREAM_QUEUE,
            Type.GAUGE,
            "Deliveries that were shed in each lane's last `shed.window` with a delivery."),
    SHED(
            "shed",
            Scope.STREAM_REASON,
            Type.COUNTER,
            "Events that were shed, by reason: `high_water`. A retry that is recognised is not counted"
                    + " again. Answers to either are among `answered` with code `shed`."),
    SECRET_ROTATION(
            "secretRotation",
            Scope.STREAM_SHARED,
            Type.GAUGE,
            "0 no secret is within its time, 1 single, 2 overlap, 3 safe to retire by what this"
                    + " TaskManager saw, 4 incomplete (one cannot be read); -1 once the stream is revoked"
                    + " or removed, or has no secret any more."),
    SECRET_USABLE(
            "secretUsable",
            Scope.STREAM_SECRET,
            Type.GAUGE,
            "1 while the secret can be read and it is its time, else 0."),
    SECRET_USES(
            "secretUses",
            Scope.STREAM_SECRET,
            Type.GAUGE,
            "Requests that the secret verified, since the listener started."),
    SECRET_LAST_USED(
            "secretLastUsed",
            Scope.STREAM_SECRET,
            Type.GAUGE,
            "When the last of them arrived, in milliseconds since the epoch; 0 for none since its"
                    + " bytes changed."),
    SECRET_REFUSED_OUTSIDE_TIME(
            "secretRefusedOutsideTime",
            Scope.STREAM_SECRET,
            Type.GAUGE,
            "Requests that were made with the secret before or after its time, and refused."),
    SECRET_READ_FAILURES(
            "secretReadFailures",
            Scope.STREAM_SECRET,
            Type.GAUGE,
            "Attempts to read the secret that failed within its time, one a second."),
    OPEN_REQUESTS(
            "openRequests",
            Scope.LISTENER,
            Type.GAUGE,
            "Requests of the listener that are not answered yet, held ones included."),
    UNVERIFIED_BYTES(
            "unverifiedBytes",
            Scope.LISTENER,
            Type.GAUGE,
            "Body bytes buffered for requests that are not verified yet."),
    HELD_BYTES(
            "heldBytes", Scope.LISTENER, Type.GAUGE, "Memory charged for requests that are held."),
    CUT_REQUESTS(
            "cutRequests",
            Scope.LISTENER,
            Type.GAUGE,
            "Unverified requests that were cut to make room, since the listener started."),
    UNROUTED_REQUESTS(
            "unroutedRequests",
            Scope.LISTENER,
            Type.GAUGE,
            "Requests to no known stream, and malformed ones, since the listener started."),
    REFUSED_CONNECTIONS(
            "refusedConnections",
            Scope.LISTENER,
            Type.GAUGE,
            "Connections that were closed at once since their address had as many open as"
                    + " `max-connections-per-address` allows, since the listener started."),
    TLS_STALE(
            "tlsStale",
            Scope.LISTENER,
            Type.GAUGE,
            "1 while the PEM files of the listener have changed and cannot be used, so that the ones"
                    + " before still are; else 0."),
    NUM_RECORDS_IN(
            "numRecordsIn",
            Scope.READER,
            Type.COUNTER,
            "Records that the reader has emitted (FLIP-33)."),
    NUM_BYTES_IN(
            "numBytesIn",
            Scope.READER,
            Type.COUNTER,
            "Bytes of the deliveries that the reader has taken from its lanes (FLIP-33)."),
    NUM_RECORDS_IN_ERRORS(
            "numRecordsInErrors",
            Scope.READER,
            Type.COUNTER,
            "Deliveries that the deserialization schema could not read (FLIP-33)."),
    PENDING_RECORDS(
            "pendingRecords",
            Scope.READER,
            Type.GAUGE,
            "Deliveries that are queued in the reader's lanes (FLIP-33)."),
    PENDING_BYTES(
            "pendingBytes",
            Scope.READER,
            Type.GAUGE,
            "Bytes of the deliveries that are queued, of at most `queue.max-bytes` (FLIP-33)."),
    PENDING_RECEIPTS(
            "pendingReceipts",
            Scope.READER,
            Type.GAUGE,
            "Deliveries that wait for the checkpoint that answers them."),
    OLDEST_PENDING_RECEIPT(
            "oldestPendingReceiptMs",
            Scope.READER,
            Type.GAUGE,
            "Milliseconds since the oldest of them was appended."),
    TIME_TO_DURABLE_AT_WORST(
            "timeToDurableAtWorstMs",
            Scope.READER,
            Type.GAUGE,
            "Milliseconds that a delivery waits that comes right after a barrier: the longest time"
                    + " from one barrier to the next and the longest from a barrier to the"
                    + " completion of its checkpoint, of the last 16 that completed; or the time"
                    + " since the barrier of the last of them, if that is longer already."),
    COALESCING_BYTES(
            "coalescingBytes",
            Scope.READER,
            Type.GAUGE,
            "Memory for the events whose retries are recognised, of at most"
                    + " `coalescing.max-bytes`."),
    NOT_REMEMBERED(
            "notRemembered",
            Scope.READER,
            Type.GAUGE,
            "Deliveries that this memory had no room for, since the reader started: a retry of them"
                    + " is queued again."),
    CHECKPOINTS_STALLED(
            "checkpointsStalled",
            Scope.READER,
            Type.GAUGE,
            "1 while the watchdog refuses deliveries because no checkpoint completes, else 0."),
    OWNED_LANES("ownedLanes", Scope.READER, Type.GAUGE, "Lanes that the reader holds."),
    LAST_COMPLETED_CHECKPOINT(
            "lastCompletedCheckpoint",
            Scope.READER,
            Type.GAUGE,
            "Id of the last checkpoint whose completion the reader was told of; -1 before."),
    CONFIGURATION_VERSION(
            "configurationVersion",
            Scope.READER,
            Type.GAUGE,
            "Number of the configuration that the reader's TaskManager goes by; 0 for one that is not"
                    + " reloaded, -1 before there is any."),
    CONFIGURATION_BEHIND(
            "configurationBehind",
            Scope.READER,
            Type.GAUGE,
            "1 while a newer one is in force and this TaskManager cannot use it, such as for a secret"
                    + " that it cannot read; tried again every second. Else 0."),
    UNASSIGNED_SPLITS(
            "unassignedSplits",
            Scope.ENUMERATOR,
            Type.GAUGE,
            "Lanes that no reader has been given yet (FLIP-33)."),
    LIVE_ENDPOINTS(
            "liveEndpoints",
            Scope.ENUMERATOR,
            Type.GAUGE,
            "Readers whose listener the enumerator knows."),
    CHECKPOINTS_RARE(
            "checkpointsRare",
            Scope.ENUMERATOR,
            Type.GAUGE,
            "1 while no delivery waits and checkpoints come at"
                    + " `execution.checkpointing.interval-during-backlog` (`cadence.on-demand`),"
                    + " else 0."),
    ACCEPTED_CONFIGURATION(
            "acceptedConfiguration",
            Scope.ENUMERATOR,
            Type.GAUGE,
            "Number of the newest version of the configuration that was found good; in force once a"
                    + " completed checkpoint holds it. Only where it is reloaded, as the two below."),
    CONFIGURATION_PROBLEMS(
            "configurationProblems",
            Scope.ENUMERATOR,
            Type.GAUGE,
            "What is wrong with the configuration as it was read last, each problem counted; while"
                    + " there is any, the version before stays in force."),
    REFUSED_CONFIGURATIONS(
            "refusedConfigurations",
            Scope.ENUMERATOR,
            Type.COUNTER,
            "Configurations that were refused, each counted once.");

    /** Where a metric hangs. */
    public enum Scope {
        /** In the reader's group; equal in all readers of one TaskManager, which share it. */
        LISTENER,
        /** In the reader's group, below `stream`. */
        STREAM,
        /** Below `stream`, once per `code`. */
        STREAM_CODE,
        /** Below `stream`, once per `cause`. */
        STREAM_CAUSE,
        /** Below `stream`; registered by the reader, whose queue it is of. */
        STREAM_QUEUE,
        /** Below `stream`, once per `limit`. */
        STREAM_LIMIT,
        /** Below `stream`; equal in all readers of one TaskManager, which share it. */
        STREAM_SHARED,
        /** Below `stream`, once per `secret`; shared as {@link #STREAM_SHARED} is. */
        STREAM_SECRET,
        /** Below `stream`, once per `reason`. */
        STREAM_REASON,
        /** Below `stream`, once per `result`. */
        STREAM_RESULT,
        /** In the reader's group. */
        READER,
        /** In the enumerator's group, on the JobManager. */
        ENUMERATOR
    }

    /** Kind of metric. */
    public enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    private final String metric;
    private final Scope scope;
    private final Type type;
    private final String description;

    MetricDefinition(String metric, Scope scope, Type type, String description) {
        this.metric = metric;
        this.scope = scope;
        this.type = type;
        this.description = description;
    }

    /** The name under which it is registered. */
    public String metric() {
        return metric;
    }

    public Scope scope() {
        return scope;
    }

    public Type type() {
        return type;
    }

    /** One or two sentences, with the unit where there is one. */
    public String description() {
        return description;
    }
}
