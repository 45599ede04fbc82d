/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.JwtOptions;
import io.webhookstreams.connector.LifecycleOptions;
import io.webhookstreams.connector.LifecycleOptions.State;
import io.webhookstreams.connector.PolicyOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.config.SettingsResolver;
import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.ingest.ConfigurationStatus;
import io.webhookstreams.connector.ingest.FakeIntake;
import io.webhookstreams.connector.ingest.IngestServer;
import io.webhookstreams.connector.ingest.Registration;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A newer configuration on a server that runs. */
class ReloadOnServerTest extends ServerTestBase {

    private static final String OTHER_TOKEN = "another-horse-another-staple";
    private static final String SOURCE = "reloaded";

    private final Map<String, Configuration> streams = new LinkedHashMap<>();
    private final List<IngestServer.Handle> handles = new ArrayList<>();
    private final List<MetricListener> metrics = new ArrayList<>();
    private final FakeIntake reader = new FakeIntake();

    @AfterEach
    void readersClose() {
        handles.forEach(IngestServer.Handle::close);
        reader.lose();
    }

    @Test
    void a_stream_comes_one_is_paused_one_is_revoked_and_one_goes() throws Exception {
        stream("stays");
        stream("paused");
        stream("revoked");
        stream("goes");
        begin();
        for (String name : List.of("stays", "paused", "revoked", "goes")) {
            assertThat(durable(name)).as(name).isEqualTo(200);
        }
        assertRefused(send(post("comes")), 404, "unknown_stream");

        stream("comes");
        stream("paused").set(LifecycleOptions.STATE, State.PAUSED);
        stream("revoked").set(LifecycleOptions.STATE, State.REVOKED);
        streams.remove("goes");
        reconfigure(2);

        assertThat(durable("stays")).isEqualTo(200);
        assertThat(durable("comes")).isEqualTo(200);
        HttpResponse<String> paused = send(post("paused"));
        assertRefused(paused, 503, "paused");
        assertThat(Long.parseLong(paused.headers().firstValue("retry-after").orElseThrow()))
                .isBetween(30L, 60L);
        assertRefused(send(post("revoked")), 410, "revoked");
        assertRefused(send(post("goes")), 404, "unknown_stream");
        assertThat(counter("stream.paused.code.paused.answered")).isEqualTo(1);
        assertThat(counter("stream.revoked.code.revoked.answered")).isEqualTo(1);
        assertThat(counter("stream.comes.code.ok.answered")).isEqualTo(1);

        stream("paused").set(LifecycleOptions.STATE, State.ACTIVE);
        reconfigure(3);
        assertThat(durable("paused")).isEqualTo(200);
    }

    @Test
    void a_closed_stream_answers_before_the_body_and_whoever_asks() throws Exception {
        stream("paused").set(LifecycleOptions.STATE, State.PAUSED);
        stream("revoked").set(LifecycleOptions.STATE, State.REVOKED);
        begin();

        assertThat(statusBeforeTheBody("paused")).isEqualTo("HTTP/1.1 503");
        assertThat(statusBeforeTheBody("revoked")).isEqualTo("HTTP/1.1 410");
    }

    private String statusBeforeTheBody(String stream) throws IOException {
        String head =
                """
                POST /in/%s HTTP/1.1\r
                Host: x\r
                Content-Length: 1000\r
                \r
                """
                        .formatted(stream);
        try (RawClient sender = new RawClient(server().port())) {
            return sender.send(head).read("HTTP/1.1 503".length());
        }
    }

    @Test
    void the_secrets_of_a_revoked_stream_may_be_gone() throws Exception {
        stream("orders");
        begin();
        Files.delete(token());
        stream("orders").set(LifecycleOptions.STATE, State.REVOKED);

        reconfigure(2);

        assertRefused(send(post("orders")), 410, "revoked");
        expectWarnings();
    }

    @Test
    void a_request_that_is_held_keeps_the_settings_that_it_came_under() throws Exception {
        stream("orders");
        begin();
        CompletableFuture<HttpResponse<String>> held = sendAsync(post("orders"));
        reader.awaitDelivery();

        stream("orders").set(StreamOptions.SUCCESS_STATUS, 202);
        reconfigure(2);
        CompletableFuture<HttpResponse<String>> next = sendAsync(post("orders"));
        reader.awaitDelivery();
        streams.remove("orders");
        stream("other");
        reconfigure(3);
        reader.completeCheckpoint();

        assertThat(held.get().statusCode()).isEqualTo(200);
        assertThat(next.get().statusCode()).isEqualTo(202);
    }

    @Test
    void of_two_readers_the_newest_version_wins_whoever_brings_it() throws Exception {
        stream("orders");
        SourceSettings old = settings();
        begin();
        stream("invoices");
        reconfigure(2);

        register(1, old, 1);
        server().server().reconfigure(old, 1);
        assertThat(configuration()).isEqualTo(new ConfigurationStatus(2, 2));
        assertThat(reader.served()).containsExactlyInAnyOrder("orders", "invoices");
        assertThat(durable("invoices")).isEqualTo(200);

        stream("refunds");
        register(2, settings(), 3);
        await(() -> configuration().version() == 3);
        assertThat(durable("refunds")).isEqualTo(200);
        assertThat(metrics).hasSize(3);
        for (MetricListener each : metrics) {
            assertThat(each.getCounter("stream", "refunds", "received")).isPresent();
        }
    }

    @Test
    void a_version_with_a_secret_that_cannot_be_read_waits_and_changes_nothing() throws Exception {
        stream("orders");
        stream("goes");
        begin();
        var log = expectWarnings();
        Path missing = folder.resolve("missing");
        stream("comes").set(StreamOptions.AUTH_SECRETS, List.of("file:" + missing));
        streams.remove("goes");

        server().server().reconfigure(settings(), 2);
        await(() -> log.lines().stream().anyMatch(line -> line.contains("cannot be used here")));
        assertThat(configuration()).isEqualTo(new ConfigurationStatus(1, 2));
        assertThat(configuration().isBehind()).isTrue();
        assertThat(durable("goes")).as("in one step or not at all").isEqualTo(200);
        assertThat(reader.served())
                .as("who share its queue")
                .containsExactlyInAnyOrder("orders", "goes");
        assertRefused(send(post("comes")), 404, "unknown_stream");
        assertThat(log.lines())
                .filteredOn(line -> line.contains("cannot be used here"))
                .singleElement()
                .asString()
                .contains("configuration 2", "1 stays in force", "stream comes")
                .doesNotContain(TestServer.TOKEN);

        Files.writeString(missing, OTHER_TOKEN);
        await(() -> configuration().version() == 2);
        assertThat(reader.served()).containsExactlyInAnyOrder("orders", "comes");
        assertRefused(send(post("goes")), 404, "unknown_stream");
        HttpRequest.Builder comes =
                post("comes").setHeader("Authorization", "Bearer " + OTHER_TOKEN);
        CompletableFuture<HttpResponse<String>> answer = sendAsync(comes);
        reader.awaitDelivery();
        reader.completeCheckpoint();
        assertThat(answer.get().statusCode()).isEqualTo(200);
    }

    @Test
    void a_stream_that_has_not_changed_keeps_what_is_known_of_its_secrets() throws Exception {
        stream("stays");
        stream("changes");
        stream("other");
        begin();
        for (String name : List.of("stays", "changes", "other")) {
            durable(name);
        }

        stream("changes").set(StreamOptions.SUCCESS_STATUS, 202);
        stream("other")
                .set(
                        StreamOptions.AUTH_SECRETS,
                        List.of("current=file:" + token(), "next=file:" + token()));
        reconfigure(2);

        assertThat(uses("stays")).isEqualTo(1);
        assertThat(uses("changes")).as("verified as before").isEqualTo(1);
        assertThat(uses("other")).as("another verifier, which starts anew").isZero();
        assertThat(durable("changes")).isEqualTo(202);
        assertThat(uses("changes")).isEqualTo(2);
    }

    @Test
    void fetched_keys_outlive_a_change_while_their_issuer_is_away() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("key-1").generate();
        HttpServer issuer =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/jwks", exchange -> answer(exchange, key));
        issuer.start();
        stream("jobs")
                .set(StreamOptions.AUTH_TYPE, "jwt")
                .set(StreamOptions.TIER, Tier.ACCEPT)
                .set(JwtOptions.JWKS, "http://127.0.0.1:" + issuer.getAddress().getPort() + "/jwks")
                .set(JwtOptions.ISSUER, "https://issuer.example.com/")
                .set(JwtOptions.AUDIENCE, List.of("jobs"))
                .set(JwtOptions.ALGORITHMS, List.of("ES256"))
                .removeConfig(StreamOptions.AUTH_SECRETS);
        begin();
        HttpRequest.Builder job = post("jobs").setHeader("Authorization", "Bearer " + token(key));
        await(() -> send(job).statusCode() == 200);
        issuer.stop(0);

        stream("jobs").set(StreamOptions.MAX_BODY, MemorySize.parse("2kb"));
        reconfigure(2);

        assertThat(send(job).statusCode()).isEqualTo(200);
        assertRefused(send(job.POST(BodyPublishers.ofString("x".repeat(3_000)))), 413, "too_large");
    }

    private static void answer(HttpExchange exchange, ECKey key) throws IOException {
        byte[] set = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, set.length);
        exchange.getResponseBody().write(set);
        exchange.close();
    }

    private static String token(ECKey key) throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("key-1").build();
        SignedJWT token =
                new SignedJWT(
                        header,
                        new JWTClaimsSet.Builder()
                                .issuer("https://issuer.example.com/")
                                .audience("jobs")
                                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                                .build());
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    @Test
    void what_is_shown_of_a_stream_that_takes_nothing_any_more_alarms_nobody() throws Exception {
        stream("stays");
        stream("revoked");
        stream("goes");
        stream("opens");
        begin();
        for (String name : List.of("stays", "revoked", "goes", "opens")) {
            durable(name);
        }
        reader.makesDurableIn(Duration.ofMinutes(1));

        stream("revoked").set(LifecycleOptions.STATE, State.REVOKED);
        streams.remove("goes");
        stream("opens")
                .set(StreamOptions.AUTH_TYPE, "none")
                .removeConfig(StreamOptions.AUTH_SECRETS);
        reconfigure(2);

        assertThat(gauge("stays", "deadlineHeadroom")).isNegative();
        assertThat(gauge("stays", "secretRotation")).isEqualTo(1);
        assertThat(gauge("opens", "deadlineHeadroom")).isNegative();
        assertThat(gauge("opens", "secretRotation")).isEqualTo(-1);
        for (String name : List.of("revoked", "goes")) {
            assertThat(gauge(name, "deadlineHeadroom")).as(name).isEqualTo(8_000);
            assertThat(gauge(name, "secretRotation")).as(name).isEqualTo(-1);
            assertThat(uses(name)).as(name).isZero();
            assertThat(counter("stream." + name + ".received")).as("stands still").isEqualTo(1);
        }

        stream("goes");
        reconfigure(3);
        assertThat(gauge("goes", "deadlineHeadroom")).isNegative();
        assertThat(gauge("goes", "secretRotation")).isEqualTo(1);
    }

    @Test
    void held_memory_is_divided_by_the_weights_of_the_streams_that_are_there() throws Exception {
        stream("large").set(PolicyOptions.WEIGHT, 4);
        stream("small");
        begin();
        long guaranteed = server().parts().admission.held().limit() / 2;
        assertThat(guaranteed("large")).isEqualTo(guaranteed * 4 / 5);
        assertThat(guaranteed("small")).isEqualTo(guaranteed / 5);

        stream("small").set(PolicyOptions.WEIGHT, 2);
        stream("other").set(PolicyOptions.WEIGHT, 2);
        streams.remove("large");
        reconfigure(2);
        assertThat(guaranteed("small")).isEqualTo(guaranteed / 2);
        assertThat(guaranteed("other")).isEqualTo(guaranteed / 2);
        assertThat(guaranteed("large")).isZero();
    }

    private long guaranteed(String stream) {
        return server().parts().admission.heldShares().share(SOURCE + "/" + stream).guaranteed();
    }

    private void begin() throws IOException {
        startWithoutReader(options());
        register(0, settings(), 1);
    }

    private void register(int subtask, SourceSettings settings, long version) {
        MetricListener listener = new MetricListener();
        metrics.add(listener);
        handles.add(
                server().server()
                        .register(
                                new Registration(
                                        settings,
                                        version,
                                        subtask,
                                        subtask,
                                        reader,
                                        InternalSourceReaderMetricGroup.mock(
                                                listener.getMetricGroup()))));
    }

    private void reconfigure(long version) throws Exception {
        server().server().reconfigure(settings(), version);
        await(() -> configuration().version() == version);
    }

    private ConfigurationStatus configuration() {
        return server().server().configuration(SOURCE);
    }

    private Configuration stream(String name) {
        return streams.computeIfAbsent(
                name,
                added ->
                        new Configuration()
                                .set(StreamOptions.PATH, "/in/" + name)
                                .set(StreamOptions.AUTH_TYPE, "bearer")
                                .set(StreamOptions.AUTH_SECRETS, List.of("current=file:" + token()))
                                .set(StreamOptions.EVENT_ID, "header:x-event-id"));
    }

    private Path token() {
        return folder.resolve("token");
    }

    private SourceSettings settings() {
        return SettingsResolver.resolve(
                SOURCE, new Configuration(), new Configuration(), streams, List.of());
    }

    private HttpRequest.Builder post(String stream) {
        return aRequest(server().uri("/in/" + stream))
                .header("Authorization", "Bearer " + TestServer.TOKEN)
                .header("X-Event-Id", "evt_1")
                .POST(BodyPublishers.ofString(EVENT));
    }

    private int durable(String stream) throws Exception {
        CompletableFuture<HttpResponse<String>> answer = sendAsync(post(stream));
        reader.awaitDelivery();
        reader.completeCheckpoint();
        return answer.get().statusCode();
    }

    private long counter(String path) {
        return metrics.get(0).getCounter(path.split("\\.")).orElseThrow().getCount();
    }

    private long gauge(String stream, String name) {
        return metrics.get(0).<Long>getGauge("stream", stream, name).orElseThrow().getValue();
    }

    private long uses(String stream) {
        return metrics.get(0)
                .<Long>getGauge("stream", stream, "secret", "current", "secretUses")
                .orElseThrow()
                .getValue();
    }
}
