/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static io.webhookstreams.connector.PolicyOptions.ALERT_LEVEL;
import static io.webhookstreams.connector.PolicyOptions.HIGH_WATER;
import static io.webhookstreams.connector.PolicyOptions.LOW_WATER;
import static io.webhookstreams.connector.PolicyOptions.MAX_DELIVERIES;
import static io.webhookstreams.connector.PolicyOptions.MAX_WAIT;
import static io.webhookstreams.connector.PolicyOptions.MAX_WAITING;
import static io.webhookstreams.connector.PolicyOptions.POLICY;
import static io.webhookstreams.connector.PolicyOptions.SHED_BUDGET;
import static io.webhookstreams.connector.PolicyOptions.SHED_KEEP;
import static io.webhookstreams.connector.PolicyOptions.SHED_LEDGER;
import static io.webhookstreams.connector.PolicyOptions.SHED_WINDOW;
import static io.webhookstreams.connector.PolicyOptions.WEIGHT;
import static io.webhookstreams.connector.StreamOptions.TIER;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.PolicyOptions.Policy;

import org.apache.flink.configuration.ConfigOption;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

import javax.annotation.Nullable;

/** Reads a stream's {@link PolicySettings}. */
final class PolicyReader {

    private static final int MOST_WEIGHT = 1_000;
    private static final double LOW_OF_HIGH = 0.75;
    private static final double LEAST_BUDGET = 0.000001;
    private static final double MOST_BUDGET = 0.5;
    private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(30);
    private static final int MOST_WAITING = 100_000;
    private static final Duration LONGEST_DEFAULT_WAIT = Duration.ofSeconds(1);

    private final OptionReader options;

    private PolicyReader(OptionReader options) {
        this.options = options;
    }

    /** Reads and judges; what is wrong is noted by the options' reader. */
    static PolicySettings read(OptionReader options, Duration answerDeadline) {
        return new PolicyReader(options).settings(answerDeadline);
    }

    private PolicySettings settings(Duration answerDeadline) {
        return new PolicySettings(
                options.get(POLICY),
                options.number(WEIGHT, 1, MOST_WEIGHT),
                options.number(MAX_DELIVERIES, 1, Integer.MAX_VALUE),
                part(HIGH_WATER, options.get(HIGH_WATER)),
                lowWater(),
                maxWait(answerDeadline),
                options.number(MAX_WAITING, 0, MOST_WAITING),
                part(ALERT_LEVEL, options.get(ALERT_LEVEL)),
                options.get(POLICY) == Policy.SHED ? shed() : null);
    }

    private ShedSettings shed() {
        if (options.get(TIER) == Tier.ACCEPT) {
            options.problem(
                    POLICY.key(),
                    Policy.SHED,
                    "expected: tier checkpoint beside it, which answers what is shed");
        }
        Double budget = options.require(SHED_BUDGET, "0.000001 to 0.5, the part that may be lost");
        if (budget != null && !(budget >= LEAST_BUDGET && budget <= MOST_BUDGET)) {
            options.problem(SHED_BUDGET.key(), budget, "expected: 0.000001 to 0.5");
        }
        double keep = part(SHED_KEEP, options.get(SHED_KEEP));
        if (keep == 1) {
            options.problem(SHED_KEEP.key(), keep, "expected: less than 1");
        }
        Duration window = options.positive(SHED_WINDOW, SHED_WINDOW.defaultValue());
        if (window.compareTo(SHORTEST_WINDOW) < 0 || window.compareTo(LONGEST_WINDOW) > 0) {
            options.problem(SHED_WINDOW.key(), window, "expected: 1 s to 30 d");
        }
        return new ShedSettings(keep, ppm(budget), window, options.get(SHED_LEDGER));
    }

    /** Rounded down: never more is lost than is written. */
    private static int ppm(@Nullable Double part) {
        return part == null || !Double.isFinite(part)
                ? 1
                : BigDecimal.valueOf(part)
                        .movePointRight(6)
                        .setScale(0, RoundingMode.DOWN)
                        .intValue();
    }

    private double part(ConfigOption<Double> option, double value) {
        if (!(value > 0 && value <= 1)) {
            options.problem(option.key(), value, "expected: more than 0, and up to 1");
        }
        return value;
    }

    private double lowWater() {
        double high = options.get(HIGH_WATER);
        Double configured = options.get(LOW_WATER);
        double low = part(LOW_WATER, configured == null ? LOW_OF_HIGH * high : configured);
        if (low >= high) {
            options.problem(
                    LOW_WATER.key(), low, "expected: less than queue.high-water, which is " + high);
        }
        return low;
    }

    private Duration maxWait(Duration answerDeadline) {
        Duration quarter = answerDeadline.dividedBy(4);
        Duration fallback =
                quarter.compareTo(LONGEST_DEFAULT_WAIT) < 0 ? quarter : LONGEST_DEFAULT_WAIT;
        if (options.get(MAX_WAIT) == null) {
            return fallback;
        }
        Duration wait = options.positive(MAX_WAIT, fallback);
        if (wait.compareTo(answerDeadline) >= 0) {
            options.problem(
                    MAX_WAIT.key(),
                    wait,
                    "expected: less than answer-deadline, which is " + answerDeadline);
        }
        return wait;
    }
}
