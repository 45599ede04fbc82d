/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.jobs.prove.admin.Levels;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.webhooks.Admin;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What every listener holds when nobody posts: nothing. */
final class LevelsOfRest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private LevelsOfRest() {}

    /** Waits a while for the levels to come back; what did not, is told. */
    static List<String> problems(Admin admin) throws IOException, InterruptedException {
        try {
            Await.until("levels: back at 0", SOON, () -> held(admin).isEmpty());
            return List.of();
        } catch (AssertionError notSo) {
            return held(admin);
        }
    }

    private static List<String> held(Admin admin) throws IOException, InterruptedException {
        return admin.levels().stream()
                .flatMap(levels -> levels.above(Levels.REST).stream())
                .toList();
    }
}
