/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static io.webhookstreams.connector.DeadlineOptions.DEADLINE_MARGIN;
import static io.webhookstreams.connector.DeadlineOptions.DEADLINE_STATUS;
import static io.webhookstreams.connector.DeadlineOptions.RETRY_AFTER_MAX;
import static io.webhookstreams.connector.DeadlineOptions.RETRY_AFTER_UNIT;
import static io.webhookstreams.connector.DeadlineOptions.VENDOR_DEADLINE;
import static io.webhookstreams.connector.StreamOptions.ANSWER_DEADLINE;

import io.webhookstreams.auth.Preset;
import io.webhookstreams.auth.RetryAfterForm;
import io.webhookstreams.auth.RetryAfterForm.Unit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import javax.annotation.Nullable;

/** Reads what a stream's options and its preset say of the vendor's clock. */
final class DeadlineReader {

    /** What is assumed of a vendor that does not say. */
    private static final Duration USUAL = Duration.ofSeconds(10);

    private static final int MARGIN = 5;

    /** Below it no two senders could be told different times. */
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    private final OptionReader options;
    private final Optional<RetryAfterForm> form;
    private final boolean sentAgain;
    @Nullable private final Duration vendor;

    DeadlineReader(OptionReader options, Optional<Preset> preset) {
        this.options = options;
        this.form = preset.map(Preset::retryAfter);
        this.sentAgain = preset.map(Preset::retries).orElse(true);
        this.vendor = vendor(preset.map(Preset::deadline).orElse(null));
    }

    DeadlineSettings read() {
        return new DeadlineSettings(
                vendor,
                options.oneOf(
                        DEADLINE_STATUS,
                        DEADLINE_STATUS.defaultValue(),
                        List.of(429, 500, 502, 503, 504)),
                sentAgain,
                retryAfter());
    }

    private RetryAfterSettings retryAfter() {
        Duration most =
                options.positive(
                        RETRY_AFTER_MAX,
                        form.map(RetryAfterForm::most).orElse(RetryAfterSettings.USUAL.most()));
        if (most.compareTo(SHORTEST) < 0) {
            options.problem(RETRY_AFTER_MAX.key(), most, "expected: at least " + SHORTEST);
        }
        Unit unit =
                options.parsed(
                        RETRY_AFTER_UNIT,
                        form.map(RetryAfterForm::unit).orElse(RetryAfterSettings.USUAL.unit()),
                        Unit::parse,
                        "s or ms");
        // What the stream says itself holds for all of its answers.
        Set<Integer> statuses =
                options.isSet(RETRY_AFTER_UNIT)
                        ? Set.of()
                        : form.map(RetryAfterForm::statuses).orElse(Set.of());
        return new RetryAfterSettings(unit, statuses, most);
    }

    /**
     * Earlier than the vendor's own deadline, so that it gets an answer instead of a cut
     * connection.
     */
    Duration answerDeadline() {
        Duration waits = vendor == null ? USUAL : vendor;
        Duration margin = options.positive(DEADLINE_MARGIN, waits.dividedBy(MARGIN));
        if (options.isSet(ANSWER_DEADLINE)) {
            return options.positive(ANSWER_DEADLINE, waits);
        }
        if (margin.compareTo(waits) >= 0) {
            options.problem(
                    DEADLINE_MARGIN.key(),
                    margin,
                    "expected: less than vendor-deadline, which is " + waits);
            return waits;
        }
        return waits.minus(margin);
    }

    @Nullable
    private Duration vendor(@Nullable Duration known) {
        return known == null && !options.isSet(VENDOR_DEADLINE)
                ? null
                : options.positive(VENDOR_DEADLINE, known == null ? USUAL : known);
    }
}
