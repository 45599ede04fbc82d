/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.auth.AuthMember;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.Preset;
import io.webhookstreams.auth.Presets;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.PolicyOptions.Policy;

import org.apache.flink.util.TimeUtils;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells which streams lose events by their own configuration, and which ones. */
public final class LossWarnings {

    private LossWarnings() {}

    /** One line for each such choice; empty where no stream loses anything. */
    public static List<String> of(List<StreamSettings> streams) {
        List<String> lines = new ArrayList<>();
        for (StreamSettings stream : streams) {
            if (stream.tier() == Tier.ACCEPT) {
                lines.add(
                        "streams.%s.tier: accept answers before anything is durable: when the process or its task"
                                        .formatted(stream.name())
                                + " fails, all that was answered since the last completed checkpoint is lost");
            }
            if (stream.policy().policy() != Policy.QUEUE) {
                whoNeverRetries(stream.auth())
                        .map(vendor -> refusedIsLost(stream, vendor))
                        .ifPresent(lines::add);
            }
        }
        return List.copyOf(lines);
    }

    private static String refusedIsLost(StreamSettings stream, String vendor) {
        if (stream.policy().policy() == Policy.SHED) {
            return shedIsLost(stream, vendor);
        }
        return ("streams.%s.policy: %s refuses above %.0f %% of the stream's room, and %s never sends again"
                        + " what was refused: each such event is lost (policy: queue refuses later)")
                .formatted(
                        stream.name(),
                        stream.policy().policy(),
                        100 * stream.policy().highWater(),
                        vendor);
    }

    private static String shedIsLost(StreamSettings stream, String vendor) {
        BigDecimal percent = BigDecimal.valueOf(stream.policy().shed().budgetPpm(), 4);
        return ("streams.%s.policy: shed loses up to %s %% of the deliveries of each %s and refuses when that is"
                        + " spent, and %s never sends again what was refused: each such event is lost too"
                        + " (policy: queue refuses later)")
                .formatted(
                        stream.name(),
                        percent.stripTrailingZeros().toPlainString(),
                        TimeUtils.formatWithHighestUnit(stream.policy().shed().window()),
                        vendor);
    }

    /** The first vendor that may send and never retries; empty where none is known. */
    private static Optional<String> whoNeverRetries(AuthSettings auth) {
        Stream<AuthSettings> all =
                Stream.concat(Stream.of(auth), auth.members().stream().map(AuthMember::settings));
        return all.map(AuthSettings::type)
                .filter(type -> type != null)
                .flatMap(type -> Presets.named(type).stream())
                .filter(preset -> preset.provenance() != null && !preset.retries())
                .map(Preset::title)
                .findFirst();
    }
}
