/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.auth.AuthMember;
import io.webhookstreams.auth.AuthSettings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.annotation.Nullable;

/** Tells which streams take signed times that are as good as unbounded. */
final class WideTolerances {

    /** No vendor is known to send the same again for longer with a time in it. */
    private static final Duration MOST = Duration.ofDays(7);

    private WideTolerances() {}

    /** One line for each such option of any stream; empty where there is none. */
    static List<String> of(List<StreamSettings> streams) {
        List<String> lines = new ArrayList<>();
        for (StreamSettings stream : streams) {
            String path = "streams." + stream.name() + ".auth.";
            add(lines, path, stream.auth());
            for (AuthMember member : stream.auth().members()) {
                add(lines, path + "of." + member.name() + ".", member.settings());
            }
        }
        return List.copyOf(lines);
    }

    private static void add(List<String> lines, String path, AuthSettings auth) {
        add(lines, path + "tolerance.past", auth.tolerancePast());
        add(lines, path + "tolerance.future", auth.toleranceFuture());
    }

    private static void add(List<String> lines, String option, @Nullable Duration tolerance) {
        if (tolerance != null && tolerance.compareTo(MOST) > 0) {
            lines.add(
                    "%s: %d d: whoever has captured a delivery can send it again for as long"
                            .formatted(option, tolerance.toDays()));
        }
    }
}
