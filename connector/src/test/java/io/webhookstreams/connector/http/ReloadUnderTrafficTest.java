/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.AccessOptions;
import io.webhookstreams.connector.PolicyOptions;
import io.webhookstreams.connector.PolicyOptions.Policy;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.config.SettingsResolver;
import io.webhookstreams.connector.config.SourceSettings;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Policies and limits that change while requests come: a running server and a running reader, and
 * every answer is explained by the version before or the one after.
 */
class ReloadUnderTrafficTest extends ServerTestBase {

    private static final String SOURCE = "reloaded";
    private static final Pattern CODE = Pattern.compile("\"code\":\"(\\w+)\"");
    private static final String TAKEN = "200";
    private static final int ENOUGH = 3;

    private final Map<String, Configuration> streams = new LinkedHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private long version;
    private ReaderTask task;

    @AfterEach
    void taskEnds() throws Exception {
        task.stop();
    }

    @Test
    void a_limit_an_address_list_and_a_rate_change_for_every_request_that_comes_afterwards()
            throws Exception {
        Map<String, String> refusals =
                Map.of(
                        "body", "413 too_large",
                        "address", "403 forbidden",
                        "rate", "429 rate_limited");
        refusals.keySet().forEach(this::stream);
        stream("rate").set(StreamOptions.OVERLOAD_STATUS, 429);
        stream("unchanged");
        begin();
        Map<String, Vendor> vendors = new LinkedHashMap<>();
        streams.keySet().forEach(name -> vendors.put(name, new Vendor(name)));
        for (Vendor vendor : vendors.values()) {
            assertThat(vendor.nextAnswers()).containsOnly(TAKEN);
        }

        stream("body").set(StreamOptions.MAX_BODY, new MemorySize(8));
        stream("address").set(AccessOptions.ALLOWED_ADDRESSES, List.of("192.0.2.1"));
        stream("rate").set(AccessOptions.STREAM_RATE, "1/h");
        reload();
        await(() -> vendors.get("rate").answers.contains("429 rate_limited"));
        for (String name : refusals.keySet()) {
            assertThat(vendors.get(name).nextAnswers()).as(name).containsOnly(refusals.get(name));
            assertThat(Vendor.withoutRepetitions(vendors.get(name).answers))
                    .as(name)
                    .containsExactly(TAKEN, refusals.get(name));
        }

        stream("body").removeConfig(StreamOptions.MAX_BODY);
        stream("address").removeConfig(AccessOptions.ALLOWED_ADDRESSES);
        stream("rate").removeConfig(AccessOptions.STREAM_RATE);
        reload();
        for (String name : refusals.keySet()) {
            assertThat(vendors.get(name).nextAnswers()).as(name).containsOnly(TAKEN);
        }

        vendors.values().forEach(Vendor::stop);
        for (String name : refusals.keySet()) {
            assertThat(Vendor.withoutRepetitions(vendors.get(name).all()))
                    .as(name)
                    .containsExactly(TAKEN, refusals.get(name), TAKEN);
        }
        assertThat(vendors.get("unchanged").all()).containsOnly(TAKEN);
    }

    @Test
    void a_policy_changes_for_every_request_that_comes_afterwards() throws Exception {
        Duration wait = Duration.ofMinutes(10);
        stream("orders")
                .set(StreamOptions.ANSWER_DEADLINE, wait.multipliedBy(2))
                .set(PolicyOptions.MAX_WAIT, wait)
                .set(PolicyOptions.MAX_WAITING, 2)
                .set(PolicyOptions.MAX_DELIVERIES, 2);
        begin();
        task.holdsRecords(true);
        for (int i = 0; i < 2; i++) {
            assertThat(send(post("orders")).statusCode()).isEqualTo(200);
        }
        CompletableFuture<HttpResponse<String>> first = sendAsync(post("orders"));
        await(() -> pausedNow() == 1);

        stream("orders").set(PolicyOptions.POLICY, Policy.REJECT);
        reload();
        assertRefused(send(post("orders")), 503, "overloaded");
        assertThat(pausedNow()).as("goes on waiting").isEqualTo(1);

        stream("orders").set(PolicyOptions.POLICY, Policy.QUEUE);
        reload();
        CompletableFuture<HttpResponse<String>> second = sendAsync(post("orders"));
        await(() -> pausedNow() == 2);
        assertRefused(send(post("orders")), 503, "overloaded");

        stream("orders")
                .set(PolicyOptions.POLICY, Policy.SHED)
                .set(PolicyOptions.SHED_BUDGET, 0.1)
                .set(PolicyOptions.SHED_KEEP, 0.5);
        reload();
        assertRefused(send(post("orders")), 503, "overloaded");

        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        task.holdsRecords(false);
        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(second.get().statusCode()).isEqualTo(200);
    }

    private void begin() throws Exception {
        startWithoutReader(options());
        task = ReaderTask.start(settings(), server().server());
        reload();
    }

    /** Until the next version is in force. */
    private void reload() throws Exception {
        version++;
        task.tell(version, settings().streams());
        await(() -> server().server().configuration(SOURCE).version() == version);
    }

    private SourceSettings settings() {
        return SettingsResolver.resolve(
                SOURCE, new Configuration(), new Configuration(), streams, List.of());
    }

    private Configuration stream(String name) {
        return streams.computeIfAbsent(
                name,
                added ->
                        new Configuration()
                                .set(StreamOptions.PATH, "/in/" + name)
                                .set(StreamOptions.AUTH_TYPE, "bearer")
                                .set(
                                        StreamOptions.AUTH_SECRETS,
                                        List.of("current=file:" + folder.resolve("token")))
                                .set(StreamOptions.EVENT_ID, "header:x-event-id"));
    }

    private HttpRequest.Builder post(String stream) {
        return aRequest(server().uri("/in/" + stream))
                .header("Authorization", "Bearer " + TestServer.TOKEN)
                .header("X-Event-Id", "evt_" + ids.incrementAndGet())
                .POST(BodyPublishers.ofString(EVENT));
    }

    private long pausedNow() {
        return task.metrics
                .<Long>getGauge("stream", "orders", "pausedNow")
                .orElseThrow()
                .getValue();
    }

    /** Posts to a stream, one request after the other, until it is stopped. */
    private final class Vendor {
        private final List<String> answers = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Void> all;
        private volatile boolean stopped;

        Vendor(String stream) {
            all =
                    CompletableFuture.runAsync(
                            () -> {
                                while (!stopped) {
                                    answers.add(describe(sendAsync(post(stream)).join()));
                                }
                            },
                            task -> new Thread(task, "vendor-" + stream).start());
        }

        /** Some, of requests that are sent from now on. */
        List<String> nextAnswers() throws Exception {
            // The next one may be that of a request that is on its way.
            int from = answers.size() + 1;
            await(() -> answers.size() >= from + ENOUGH || all.isDone());
            return List.copyOf(answers).subList(from, from + ENOUGH);
        }

        void stop() {
            stopped = true;
        }

        /** All of them, once it has stopped; fails if one request had no answer. */
        List<String> all() {
            all.join();
            return answers;
        }

        private static String describe(HttpResponse<String> answer) {
            Matcher code = CODE.matcher(answer.body());
            return answer.statusCode() + (code.find() ? " " + code.group(1) : "");
        }

        static List<String> withoutRepetitions(List<String> answers) {
            List<String> distinct = new CopyOnWriteArrayList<>();
            for (String answer : answers) {
                if (distinct.isEmpty() || !distinct.get(distinct.size() - 1).equals(answer)) {
                    distinct.add(answer);
                }
            }
            return distinct;
        }
    }
}
