/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.test.support.Await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class ChildProcessTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir private Path directory;

    @Test
    void a_frozen_process_is_stopped_and_goes_on_when_it_is_thawed() throws Exception {
        try (ChildProcess process = sleeper()) {
            process.freeze();
            Await.until("stopped", SOON, () -> state(process) == 'T');
            assertThat(process.isAlive()).isTrue();

            process.thaw();
            Await.until("goes on", SOON, () -> state(process) == 'S');
        }
    }

    @Test
    void a_frozen_process_can_be_killed() throws Exception {
        try (ChildProcess process = sleeper()) {
            process.freeze();
            Await.until("stopped", SOON, () -> state(process) == 'T');

            process.kill();
            assertThat(process.isAlive()).isFalse();
        }
    }

    private ChildProcess sleeper() {
        return ChildProcess.start("sleeper", directory, Map.of(), List.of("sleep", "60"));
    }

    /** As Linux tells it: S sleeps, T is stopped. */
    private static char state(ChildProcess process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }
}
