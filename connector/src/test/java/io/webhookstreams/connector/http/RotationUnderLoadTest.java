/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.Rotation;
import io.webhookstreams.auth.SecretStatus;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.StreamOptions;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A stream's secret is replaced while its senders send: none of them is refused. */
class RotationUnderLoadTest extends ServerTestBase {

    private static final String OLD_SECRET = "old-token-of-the-senders";
    private static final String NEW_SECRET = "new-token-of-the-senders";
    private static final String ADMIN_TOKEN = "admin-token-of-the-rotation";
    private static final int SENDERS = 4;

    /** What senders use now; each of them changes at its next request. */
    private volatile String sendersHave = OLD_SECRET;

    private volatile boolean stopped;

    @Test
    void no_correct_sender_is_refused_and_each_step_is_told() throws Exception {
        Path newSecret = folder.resolve("new");
        Path oldSecret = Files.writeString(folder.resolve("old"), OLD_SECRET);
        // The new one's reference is there before its bytes differ, so that nothing restarts.
        Files.writeString(newSecret, OLD_SECRET);
        start(
                options()
                        .withAdminToken(ADMIN_TOKEN)
                        .orders(
                                s ->
                                        s.set(StreamOptions.TIER, Tier.ACCEPT)
                                                .set(
                                                        StreamOptions.AUTH_RETIRE_AFTER,
                                                        Duration.ofMillis(200))
                                                .set(
                                                        StreamOptions.AUTH_SECRETS,
                                                        List.of(
                                                                "new=file:" + newSecret,
                                                                "old=file:" + oldSecret))));
        CapturedLog log = expectWarnings();
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Future<List<Integer>>> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                senders.add(threads.submit(this::sendUntilStopped));
            }

            replace(newSecret, NEW_SECRET);
            await(() -> secret(1).uses() > 0);
            assertThat(rotation(Duration.ofDays(1))).isEqualTo(Rotation.OVERLAP);

            sendersHave = NEW_SECRET;
            await(() -> rotation(Duration.ofMillis(200)) == Rotation.SAFE_TO_RETIRE);
            assertThat(rotation(Duration.ofDays(1))).isEqualTo(Rotation.OVERLAP);
            assertThat(adminStatus()).contains("\"name\":\"old\"").doesNotContain(NEW_SECRET);

            Files.delete(oldSecret);
            await(() -> rotation(Duration.ofMillis(200)) == Rotation.INCOMPLETE);
            long before = secret(0).uses();
            await(() -> secret(0).uses() > before);

            stopped = true;
            for (Future<List<Integer>> sender : senders) {
                assertThat(sender.get()).isNotEmpty().containsOnly(200);
            }
            assertThat(send(with(OLD_SECRET)).statusCode()).isEqualTo(503);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("secret old=file:", "what it signs is refused until it is back");
        } finally {
            stopped = true;
            threads.shutdownNow();
        }
    }

    /** Sends until told to stop, one request after the other. */
    private List<Integer> sendUntilStopped() throws Exception {
        List<Integer> answers = new ArrayList<>();
        while (!stopped) {
            answers.add(send(with(sendersHave)).statusCode());
        }
        return answers;
    }

    private HttpRequest.Builder with(String token) {
        return aDelivery().setHeader("Authorization", "Bearer " + token);
    }

    private String adminStatus() throws Exception {
        HttpResponse<String> answer =
                send(
                        aRequest(server().admin("/status"))
                                .header("Authorization", "Bearer " + ADMIN_TOKEN));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private SecretStatus secret(int index) {
        return server().parts().registrations.secrets().get(0).secrets().get(index);
    }

    private Rotation rotation(Duration retireAfter) {
        return Rotation.of(
                server().parts().registrations.secrets().get(0).secrets(),
                Instant.now(),
                retireAfter);
    }

    /** Live files are replaced by a rename: nobody reads half of one. */
    private void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(folder.resolve("next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
