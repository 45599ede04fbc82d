/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Every reason for an answer that is no 2xx. Closed: metrics are labelled with it. */
public enum Refusal {
    BAD_REQUEST(400, "The request cannot be read; sending it again will not help."),
    BAD_ENCODING(400, "The body is not what Content-Encoding says."),
    UNAUTHORIZED(401, "The sender is not known."),
    FORBIDDEN(403, "Nothing is accepted from this address."),
    UNKNOWN_STREAM(404, "Nothing is received at this path."),
    METHOD_NOT_ALLOWED(405, "This method is not accepted here."),
    REVOKED(410, "This stream is closed for good; stop sending to it."),
    SLOW_BODY(408, "The body did not arrive in time."),
    TOO_LARGE(413, "The body is too large."),
    TOO_MANY_HEADERS(431, "The request has too many headers."),
    UNSUPPORTED_ENCODING(415, "This Content-Encoding is not supported."),
    UNSUPPORTED_MEDIA_TYPE(415, "This Content-Type is not accepted here."),
    RATE_LIMITED(429, "Too many requests; send it again later.", 1),
    QUEUE_FULL(429, "The queue is full; send it again later.", 1, Until.THERE_IS_ROOM),
    RESTARTING(503, "The receiver is restarting; send it again later.", 2, Until.A_READER_OPENS),
    DRAINING(503, "The receiver is about to stop; send it again later.", 10),
    PAUSED(503, "This stream takes nothing at present; send it again later.", 30),
    NOT_DURABLE_IN_TIME(
            503,
            "The event could not be made durable in time; send it again.",
            2,
            Until.A_CHECKPOINT_COMPLETES),
    THROTTLED(503, "Too many requests; send it again later.", 1),
    OVERLOADED(503, "The receiver is overloaded; send it again later.", 1, Until.THERE_IS_ROOM);

    /** What has to happen before it is worth sending again. */
    enum Until {
        /** Nobody can tell when: the least number of seconds is all that is asked for. */
        UNKNOWN,
        /** The queue drains, and the next checkpoint answers those that are held. */
        THERE_IS_ROOM,
        A_CHECKPOINT_COMPLETES,
        A_READER_OPENS
    }

    private static final int NO_RETRY = 0;
    private static final List<String> CODES = Arrays.stream(values()).map(Refusal::code).toList();

    private final String code;
    private final int status;
    private final String sentence;
    private final int leastRetrySeconds;
    private final Until until;

    Refusal(int status, String sentence) {
        this(status, sentence, NO_RETRY);
    }

    Refusal(int status, String sentence, int leastRetrySeconds) {
        this(status, sentence, leastRetrySeconds, Until.UNKNOWN);
    }

    Refusal(int status, String sentence, int leastRetrySeconds, Until until) {
        this.code = name().toLowerCase(Locale.ROOT);
        this.status = status;
        this.sentence = sentence;
        this.leastRetrySeconds = leastRetrySeconds;
        this.until = until;
    }

    /** All codes. */
    public static List<String> codes() {
        return CODES;
    }

    /** What a stream says when it is full, by its configured overload status. */
    static Refusal overload(int status) {
        return status == QUEUE_FULL.status ? QUEUE_FULL : OVERLOADED;
    }

    /** What a stream says to too many requests, by its configured overload status. */
    static Refusal rateLimit(int status) {
        return status == RATE_LIMITED.status ? RATE_LIMITED : THROTTLED;
    }

    /** The stable name that senders, metrics and logs see. */
    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    /** One sentence that is safe to show to anybody. */
    public String sentence() {
        return sentence;
    }

    /** Whether the answer carries Retry-After. */
    public boolean isRetryable() {
        return leastRetrySeconds > NO_RETRY;
    }

    /** What Retry-After is to last until. */
    Until until() {
        return until;
    }

    /** The number of seconds to ask for, where it is retryable and nothing more is known. */
    public int leastRetrySeconds() {
        return leastRetrySeconds;
    }
}
