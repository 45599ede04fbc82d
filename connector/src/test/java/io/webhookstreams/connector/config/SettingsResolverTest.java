/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.webhookstreams.auth.ClientName;
import io.webhookstreams.auth.ClientSettings;
import io.webhookstreams.auth.ForwardedHeader;
import io.webhookstreams.auth.TimeFormat;
import io.webhookstreams.auth.ValueLocation;
import io.webhookstreams.auth.jwt.JwtSettings;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.connector.JwtOptions;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.PeerOptions;
import io.webhookstreams.connector.SourceOptions.OnError;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookOptions;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class SettingsResolverTest {

    private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:events";

    private final Configuration listener = new Configuration();
    private final Configuration source = new Configuration();
    private final Map<String, Configuration> streams = new LinkedHashMap<>();

    @Test
    void a_stream_with_what_is_required_gets_all_defaults() {
        stream("orders", "path", "/in/orders", "auth.type", "none", "event-id", "none");

        SourceSettings settings = resolve();

        assertThat(settings.lanes()).isEqualTo(32);
        assertThat(settings.queueMaxBytes()).isEqualTo(16L << 20);
        assertThat(settings.coalescingMaxBytes()).isEqualTo(16L << 20);
        assertThat(settings.watchdogTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.onError()).isEqualTo(OnError.EMIT);
        ListenerSettings l = settings.listener();
        assertThat(l.address()).isEqualTo("127.0.0.1");
        assertThat(l.ports()).isEqualTo(new PortRange(8080, 8080));
        assertThat(l.healthPorts()).isEqualTo(new PortRange(8090, 8099));
        assertThat(l.tls()).isEqualTo(ListenerOptions.Tls.NONE);
        assertThat(l.adminToken()).isNull();
        assertThat(l.publicUrl()).isNull();
        assertThat(l.peers())
                .isEqualTo(new PeerSettings(List.of(), PeerOptions.ClientHeader.NONE, false, null));
        StreamSettings s = settings.streams().get(0);
        assertThat(s.methods()).containsExactly("POST");
        assertThat(s.eventId()).isEqualTo(ValueLocation.NOWHERE);
        assertThat(s.tier()).isEqualTo(Tier.CHECKPOINT);
        assertThat(s.answerDeadline()).isEqualTo(Duration.ofSeconds(8));
        assertThat(s.successStatus()).isEqualTo(200);
        assertThat(s.overloadStatus()).isEqualTo(503);
        assertThat(s.maxBodyBytes()).isEqualTo(1 << 20);
        assertThat(s.maxInflatedBytes()).isEqualTo(4 << 20);
        assertThat(s.bodyTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(s.contentTypes()).isEmpty();
        assertThat(s.coalescesRetries()).isTrue();
        assertThat(s.limits()).isEqualTo(new LimitSettings(100, 100, 1_000));
    }

    @Test
    void limits_and_coalescing_are_mapped() {
        source.setString("coalescing.max-bytes", "2mb");
        stream(
                "orders",
                "path",
                "/in/orders",
                "auth.type",
                "none",
                "event-id",
                "none",
                "coalescing.enabled",
                "false",
                "max-headers",
                "7",
                "max-inflate-ratio",
                "8",
                "max-json-depth",
                "9");

        SourceSettings settings = resolve();

        assertThat(settings.coalescingMaxBytes()).isEqualTo(2 << 20);
        assertThat(settings.streams().get(0).coalescesRetries()).isFalse();
        assertThat(settings.streams().get(0).limits()).isEqualTo(new LimitSettings(7, 8, 9));
    }

    @Test
    void limits_out_of_their_bounds_are_reported_together() {
        source.setString("coalescing.max-bytes", "1kb");
        stream(
                "orders",
                "path",
                "/in/orders",
                "auth.type",
                "none",
                "event-id",
                "none",
                "coalescing.enabled",
                "perhaps",
                "max-headers",
                "0",
                "max-inflate-ratio",
                "1033",
                "max-json-depth",
                "deep");

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "source.coalescing.max-bytes: 1 kb (expected: 64 kb to 1 gb)",
                        "streams.orders.coalescing.enabled: perhaps (expected: true or false)",
                        "streams.orders.max-headers: 0 (expected: 1 to 10000)",
                        "streams.orders.max-inflate-ratio: 1033 (expected: 1 to 1032)",
                        "streams.orders.max-json-depth: deep (expected: a whole number)");
    }

    @Test
    void every_token_key_is_mapped() {
        String[] tokens = {
            "path", "/in/orders",
            "auth.type", "jwt",
            "event-id", "none",
            "auth.jwt.jwks", "https://issuer.example.com/keys",
            "auth.jwt.issuer", "https://issuer.example.com/",
            "auth.jwt.audience", "orders;webhooks",
            "auth.jwt.algorithms", "RS256;ES256",
            "auth.jwt.leeway", "5 s",
            "auth.jwt.max-age", "5 min",
            "auth.jwt.claims", "sub;email=a@b.example",
            "auth.jwt.scopes", "write",
            "auth.jwt.body-hash-claim", "hash",
            "auth.jwt.header", "X-Token",
            "auth.jwt.refresh-interval", "1 min",
            "auth.jwt.outage-tolerance", "1 h"
        };
        stream("orders", tokens);

        JwtSettings jwt = resolve().streams().get(0).auth().jwt();

        // auth.jwt.tenant is for Entra ID alone.
        assertThat(streams.get("orders").keySet())
                .hasSize(3 + WebhookOptions.declaredIn(JwtOptions.class).size() - 1);
        assertThat(jwt)
                .isEqualTo(
                        new JwtSettings(
                                "https://issuer.example.com/keys",
                                "https://issuer.example.com/",
                                List.of("orders", "webhooks"),
                                List.of("RS256", "ES256"),
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(5),
                                List.of("sub", "email=a@b.example"),
                                List.of("write"),
                                "hash",
                                "X-Token",
                                Duration.ofMinutes(1),
                                Duration.ofHours(1),
                                null));
    }

    @Test
    void every_listener_key_is_mapped() {
        listener(
                "address", "0.0.0.0",
                "port", "8443-8450",
                "public-url", "https://hooks.example.com/",
                "tls.mode", "pem",
                "tls.certificate", "/tls/cert.pem",
                "tls.key", "/tls/key.pem",
                "tls.client-auth", "need",
                "tls.client-ca", "/tls/ca.pem",
                "health.address", "0.0.0.0",
                "health.port", "9000",
                "admin.address", "127.0.0.2",
                "admin.port", "9001",
                "admin.token", "env:ADMIN",
                "unverified.max-bytes", "1mb",
                "held.max-bytes", "2mb",
                "max-header-bytes", "8kb",
                "http2.max-concurrent-streams", "7",
                "idle-timeout", "9 s",
                "stop.flush-timeout", "1 s",
                "proxies.trusted", "10.0.0.0/8;2001:db8::7",
                "proxies.header", "x-forwarded-for",
                "proxies.proxy-protocol", "true",
                "max-connections-per-address", "64");
        stream("orders", "path", "/in/orders", "auth.type", "none", "event-id", "none");

        ListenerSettings l = resolve().listener();

        assertThat(listener.keySet()).hasSameSizeAs(WebhookOptions.LISTENER);
        assertThat(l.address()).isEqualTo("0.0.0.0");
        assertThat(l.ports()).isEqualTo(new PortRange(8443, 8450));
        assertThat(l.publicUrl()).isEqualTo("https://hooks.example.com");
        assertThat(l.tls()).isEqualTo(ListenerOptions.Tls.PEM);
        assertThat(l.tlsCertificate()).isEqualTo("/tls/cert.pem");
        assertThat(l.tlsKey()).isEqualTo("/tls/key.pem");
        assertThat(l.clientAuth()).isEqualTo(ListenerOptions.ClientAuth.NEED);
        assertThat(l.clientCa()).isEqualTo("/tls/ca.pem");
        assertThat(l.healthAddress()).isEqualTo("0.0.0.0");
        assertThat(l.healthPorts()).isEqualTo(new PortRange(9000, 9000));
        assertThat(l.adminAddress()).isEqualTo("127.0.0.2");
        assertThat(l.adminPorts()).isEqualTo(new PortRange(9001, 9001));
        assertThat(l.adminToken()).hasToString("ADMIN=env:ADMIN");
        assertThat(l.unverifiedMaxBytes()).isEqualTo(1 << 20);
        assertThat(l.heldMaxBytes()).isEqualTo(2 << 20);
        assertThat(l.maxHeaderBytes()).isEqualTo(8192);
        assertThat(l.http2MaxStreams()).isEqualTo(7);
        assertThat(l.idleTimeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(l.stopFlushTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(l.peers())
                .isEqualTo(
                        new PeerSettings(
                                List.of("10.0.0.0/8", "2001:db8::7"),
                                PeerOptions.ClientHeader.X_FORWARDED_FOR,
                                true,
                                64));
    }

    @Test
    void clients_of_mtls_are_mapped() {
        listener(
                "tls.mode", "pem",
                "tls.certificate", "/tls/cert.pem",
                "tls.key", "/tls/key.pem",
                "tls.client-auth", "want",
                "tls.client-ca", "/tls/ca.pem");
        stream(
                "orders",
                "path",
                "/in/orders",
                "auth.type",
                "mtls",
                "auth.clients",
                "shop=dns:Orders.Example.com;subject:CN=a,O=b",
                "auth.forwarded.header",
                "x-forwarded-client-cert",
                "auth.forwarded.proxies",
                "uri:spiffe://example/ingress",
                "event-id",
                "none");

        assertThat(resolve().streams().get(0).auth().clients())
                .isEqualTo(
                        new ClientSettings(
                                List.of(
                                        ClientName.parse("shop=dns:orders.example.com"),
                                        ClientName.parse("subject:CN=a,O=b")),
                                ForwardedHeader.X_FORWARDED_CLIENT_CERT,
                                List.of(ClientName.parse("uri:spiffe://example/ingress"))));
    }

    @Test
    void every_stream_key_is_mapped() {
        stream(
                "orders",
                "path",
                "/in/orders",
                "methods",
                "PUT;POST",
                "auth.type",
                "stripe",
                "auth.secrets",
                "new=file:/run/new;file:/run/old",
                "auth.retire-after",
                "3 d",
                "auth.tolerance.past",
                "1 min",
                "auth.tolerance.future",
                "2 s",
                "handshake.type",
                "meta",
                "handshake.verify-token",
                "env:VERIFY",
                "event-id",
                "header:X-Id",
                "event-type",
                "json:/t",
                "event-time",
                "query:at",
                "event-time-format",
                "ms",
                "account",
                "json:/shop",
                "ordering-key",
                "json:/order",
                "tier",
                "accept",
                "answer-deadline",
                "3 s",
                "success-status",
                "204",
                "overload-status",
                "429",
                "max-body",
                "10kb",
                "max-inflated-body",
                "20kb",
                "body-timeout",
                "1 s",
                "content-types",
                "Application/JSON");

        StreamSettings s = resolve().streams().get(0);

        // auth.clients and auth.forwarded are for mtls alone, handshake.fetch for SNS.
        assertThat(streams.get("orders").keySet())
                .hasSize(WebhookOptions.declaredIn(StreamOptions.class).size() - 4);
        assertThat(s.name()).isEqualTo("orders");
        assertThat(s.path()).isEqualTo("/in/orders");
        assertThat(s.retireAfter()).isEqualTo(Duration.ofDays(3));
        assertThat(s.methods()).containsExactly("PUT", "POST");
        assertThat(s.auth().type()).isEqualTo("stripe");
        assertThat(s.auth().secrets()).hasToString("[new=file:/run/new, old=file:/run/old]");
        assertThat(s.auth().tolerancePast()).isEqualTo(Duration.ofMinutes(1));
        assertThat(s.auth().toleranceFuture()).isEqualTo(Duration.ofSeconds(2));
        assertThat(s.handshake().verifyToken()).hasToString("VERIFY=env:VERIFY");
        assertThat(s.handshake().rules()).hasSize(1);
        assertThat(s.eventId()).hasToString("header:x-id");
        assertThat(s.eventType()).hasToString("json:/t");
        assertThat(s.eventTime()).hasToString("query:at");
        assertThat(s.eventTimeFormat()).isEqualTo(TimeFormat.MILLISECONDS);
        assertThat(s.account()).hasToString("json:/shop");
        assertThat(s.orderingKey()).hasToString("json:/order");
        assertThat(s.tier()).isEqualTo(Tier.ACCEPT);
        assertThat(s.answerDeadline()).isEqualTo(Duration.ofSeconds(3));
        assertThat(s.successStatus()).isEqualTo(204);
        assertThat(s.overloadStatus()).isEqualTo(429);
        assertThat(s.maxBodyBytes()).isEqualTo(10 << 10);
        assertThat(s.maxInflatedBytes()).isEqualTo(20 << 10);
        assertThat(s.bodyTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(s.contentTypes()).containsExactly("application/json");
    }

    @Test
    void the_preset_of_the_authentication_fills_in_the_envelope() {
        stream("s", "path", "/s", "auth.type", "stripe", "auth.secrets", "env:STRIPE");
        stream("g", "path", "/g", "auth.type", "github", "auth.secrets", "env:GITHUB");

        List<StreamSettings> settings = resolve().streams();

        assertThat(settings.get(0).eventId()).hasToString("json:/id");
        assertThat(settings.get(0).eventTimeFormat()).isEqualTo(TimeFormat.SECONDS);
        assertThat(settings.get(1).eventId()).hasToString("header:x-github-delivery");
        assertThat(settings.get(1).answerDeadline())
                .as("four fifths of GitHub's 10 s")
                .isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void all_problems_are_reported_together() {
        listener("address", "0.0.0.0", "port", "99999", "idle-timeout", "soon", "colour", "red");
        source.setString("lanes", "0");
        stream("orders", "path", "orders", "auth.type", "hmac", "max-body", "1gb");
        stream("Refunds!", "path", "/in/a", "event-id", "body");
        stream("again", "path", "/in/a", "auth.type", "none", "event-id", "none");

        assertThat(problems())
                .contains(
                        "listener.address: 0.0.0.0 (expected: a loopback address, or tls.mode pem"
                                + " or terminated-upstream)",
                        "listener.port: 99999 (expected: a port or a range, such as 8080 or"
                                + " 8080-8089)",
                        "listener.idle-timeout: soon (expected: a duration such as 10 s)",
                        "source.lanes: 0 (expected: 1 to 4096)",
                        "streams.again.path: /in/a (expected: another path than that of stream"
                                + " Refunds!)")
                .anyMatch(p -> p.startsWith("listener.colour: unknown (expected: one of address, "))
                .anyMatch(p -> p.startsWith("streams.orders.path: orders (expected: / and up to"))
                .anyMatch(p -> p.startsWith("streams.orders.auth.type: hmac (expected: "))
                .anyMatch(p -> p.startsWith("streams.orders.event-id: missing (expected: header:"))
                .anyMatch(p -> p.startsWith("streams.orders.max-body: 1 gb (expected: "))
                .anyMatch(p -> p.startsWith("streams.Refunds!: a name (expected: "))
                .anyMatch(
                        p -> p.startsWith("streams.Refunds!.auth.type: missing (expected: one of"))
                .anyMatch(p -> p.startsWith("streams.Refunds!.event-id: body (expected: header:"));
    }

    @Test
    void a_vendor_that_signs_the_url_needs_the_public_one() {
        stream("s", "path", "/s", "auth.type", "square", "auth.secrets", "env:SQUARE");

        assertThat(problems())
                .containsExactly(
                        "streams.s.auth.type: square (expected: listener.public-url beside it, the"
                                + " URL that square signs)");

        listener("public-url", "https://hooks.example.com/");
        assertThat(resolve().streams().get(0).auth().publicUrl())
                .isEqualTo("https://hooks.example.com");
    }

    @Test
    void what_a_stream_reads_from_unsigned_places_is_told_unless_nothing_is_signed() {
        stream("g", "path", "/g", "auth.type", "github", "auth.secrets", "env:A");
        stream("d", "path", "/d", "auth.type", "github", "auth.secrets", "env:A");
        streams.get("d").setString("event-id", "body-digest");
        streams.get("d").setString("event-type", "json:/action");
        stream("b", "path", "/b", "auth.type", "bearer", "auth.secrets", "env:A");
        streams.get("b").setString("event-id", "header:x-id");

        assertThat(UnsignedPlaces.of(resolve().streams()))
                .hasSize(2)
                .allMatch(line -> line.startsWith("streams.g.event-"));
    }

    @Test
    void a_tolerance_that_is_as_good_as_none_is_told() {
        stream("s", "path", "/s", "auth.type", "stripe", "auth.secrets", "env:A");
        streams.get("s").setString("auth.tolerance.past", "36500 d");
        streams.get("s").setString("auth.tolerance.future", "7 d");

        assertThat(Cautions.of(resolve().streams()))
                .containsExactly(
                        "streams.s.auth.tolerance.past: 36500 d: whoever has captured a delivery can"
                                + " send it again for as long");
    }

    @Test
    void an_account_or_an_ordering_key_from_an_unsigned_place_is_told_too() {
        stream("g", "path", "/g", "auth.type", "github", "auth.secrets", "env:A");
        streams.get("g").setString("event-id", "body-digest");
        streams.get("g").setString("event-type", "json:/action");
        streams.get("g").setString("account", "header:x-shop");
        streams.get("g").setString("ordering-key", "query:shop");

        assertThat(UnsignedPlaces.of(resolve().streams()))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("streams.g.account: header:x-shop is not signed"))
                .anyMatch(line -> line.startsWith("streams.g.ordering-key: query:shop is not"));
    }

    @Test
    void a_digest_is_not_advised_where_it_is_not_signed_either() {
        listener("public-url", "https://hooks.example.com");
        stream("t", "path", "/t", "auth.type", "twilio", "auth.secrets", "env:A");
        stream("g", "path", "/g", "auth.type", "github", "auth.secrets", "env:A");

        assertThat(UnsignedPlaces.of(resolve().streams()))
                .anyMatch(
                        line ->
                                line.startsWith("streams.t.event-id: ")
                                        && !line.contains("body-digest"))
                .anyMatch(
                        line ->
                                line.startsWith("streams.g.event-id: ")
                                        && line.contains("body-digest"));
    }

    @Test
    void without_streams_there_is_nothing_to_run() {
        assertThat(problems()).containsExactly("streams: none (expected: at least one)");
    }

    @Test
    void the_largest_body_fits_into_the_queue_with_its_headers() {
        source.setString("queue.max-bytes", "1 mb");
        stream("s", "path", "/s", "auth.type", "none", "event-id", "none");
        streams.get("s").setString("max-body", "1 mb");
        streams.get("s").setString("max-inflated-body", "1 mb");

        assertThat(problems())
                .containsExactly(
                        "streams.s.max-body: 1 mb (expected: at most the stream's room in"
                                + " source.queue.max-bytes without room for headers, which is 992"
                                + " kb)");
    }

    @Test
    void the_largest_body_fits_into_what_the_stream_may_have_of_the_queue() {
        source.setString("queue.max-bytes", "1 mb");
        for (String name : List.of("small", "large")) {
            stream(name, "path", "/" + name, "auth.type", "none", "event-id", "none");
            streams.get(name).setString("max-body", "620 kb");
            streams.get(name).setString("max-inflated-body", "620 kb");
        }
        streams.get("large").setString("weight", "3");

        // Half of it is common; of the other half, 1 in 4 is guaranteed to it.
        assertThat(problems())
                .containsExactly(
                        "streams.small.max-body: 620 kb (expected: at most the stream's room in"
                                + " source.queue.max-bytes without room for headers, which is 608"
                                + " kb)");
    }

    @Test
    void the_handshake_is_the_presets_another_ones_or_none() {
        stream("own", "path", "/1", "auth.type", "slack", "auth.secrets", "env:A");
        stream("off", "path", "/2", "auth.type", "slack", "auth.secrets", "env:A");
        streams.get("off").setString("handshake.type", "none");
        stream("other", "path", "/3", "auth.type", "bearer", "auth.secrets", "env:A");
        streams.get("other").setString("event-id", "none");
        streams.get("other").setString("handshake.type", "okta");
        stream("tokenless", "path", "/4", "auth.type", "meta", "auth.secrets", "env:A");

        assertThat(resolve().streams())
                .extracting(s -> s.handshake().rules().size())
                .containsExactly(1, 0, 1, 0);
    }

    @Test
    void a_handshake_that_cannot_be_answered_is_a_problem() {
        stream("a", "path", "/1", "auth.type", "github", "auth.secrets", "env:A");
        streams.get("a").setString("handshake.type", "zoom");
        stream("b", "path", "/2", "auth.type", "github", "auth.secrets", "env:A");
        streams.get("b").setString("handshake.type", "stripe");
        stream("c", "path", "/3", "auth.type", "github", "auth.secrets", "env:A");
        streams.get("c").setString("handshake.type", "meta");
        stream("d", "path", "/4", "auth.type", "slack", "auth.secrets", "env:A");
        streams.get("d").setString("handshake.verify-token", "env:V");

        assertThat(problems())
                .hasSize(4)
                .contains(
                        "streams.a.handshake.type: zoom (expected: auth.type zoom beside it, whose"
                                + " secret answers it)",
                        "streams.c.handshake.verify-token: missing (expected: file:PATH or"
                                + " env:NAME, which it shows)",
                        "streams.d.handshake.verify-token: set (expected: only with a handshake"
                                + " that shows one)")
                .anyMatch(p -> p.startsWith("streams.b.handshake.type: stripe (expected: none or"));
    }

    @Test
    void what_must_never_be_an_event_is_left_to_its_own_handshake() {
        sns("own", "1");
        sns("off", "2");
        streams.get("off").setString("handshake.type", "none");
        sns("other", "3");
        streams.get("other").setString("handshake.type", "slack");
        stream("any", "path", "/4", "auth.type", "any-of", "event-id", "json:/MessageId");
        streams.get("any").setString("auth.of.a.type", "bearer");
        streams.get("any").setString("auth.of.a.secrets", "env:A");
        streams.get("any").setString("auth.of.b.type", "aws-sns");
        streams.get("any").setString("auth.of.b.topics", TOPIC);

        assertThat(problems())
                .containsExactly(
                        "streams.off.handshake.type: none (expected: aws-sns, whose handshake must"
                                + " not become an event)",
                        "streams.other.handshake.type: slack (expected: aws-sns, whose handshake"
                                + " must not become an event)",
                        "streams.any.handshake.type: missing (expected: aws-sns, whose handshake"
                                + " must not become an event)");
        streams.remove("off");
        streams.remove("other");
        streams.get("any").setString("handshake.type", "aws-sns");
        assertThat(resolve().streams())
                .extracting(s -> s.handshake().rules().size())
                .containsExactly(2, 2);
    }

    @Test
    void urls_are_fetched_for_who_asks_it_and_where_it_is_allowed() {
        sns("quiet", "1");
        sns("fetching", "2");
        streams.get("fetching").setString("handshake.fetch", "true");

        assertThat(resolve().streams())
                .extracting(s -> s.handshake().mayFetch())
                .containsExactly(false, true);

        stream("a", "path", "/a", "auth.type", "slack", "auth.secrets", "env:A");
        streams.get("a").setString("handshake.fetch", "true");
        stream("b", "path", "/b", "auth.type", "github", "auth.secrets", "env:A");
        streams.get("b").setString("handshake.fetch", "maybe");
        assertThat(problems())
                .containsExactly(
                        "streams.a.handshake.fetch: true (expected: only with a handshake that asks"
                                + " it)",
                        "streams.b.handshake.fetch: maybe (expected: true or false)");
    }

    @Test
    void refused_requests_are_kept_where_it_is_said_and_worth_it() {
        stream("off", "path", "/1", "auth.type", "github", "auth.secrets", "env:A");
        stream("on", "path", "/2", "auth.type", "github", "auth.secrets", "env:A");
        streams.get("on").setString("capture.directory", "/var/captures");
        streams.get("on").setString("capture.max-files", "7");
        streams.get("on").setString("capture.max-size", "1mb");

        assertThat(resolve().streams())
                .extracting(StreamSettings::capture)
                .containsExactly(
                        new CaptureSettings(null, 100, 64 << 20),
                        new CaptureSettings("/var/captures", 7, 1 << 20));
    }

    @Test
    void what_cannot_be_kept_is_a_problem() {
        stream("a", "path", "/1", "auth.type", "github", "auth.secrets", "env:A");
        streams.get("a").setString("capture.max-files", "7");
        stream("b", "path", "/2", "auth.type", "github", "auth.secrets", "env:A");
        streams.get("b").setString("capture.directory", "captures");
        streams.get("b").setString("capture.max-size", "2gb");
        stream("c", "path", "/3", "auth.type", "bearer", "auth.secrets", "env:A");
        streams.get("c").setString("event-id", "none");
        streams.get("c").setString("capture.directory", "/var/captures");

        assertThat(problems())
                .hasSize(4)
                .contains(
                        "streams.a.capture.max-files: set (expected: only with capture.directory)",
                        "streams.b.capture.directory: captures (expected: an absolute path)")
                .anyMatch(p -> p.startsWith("streams.b.capture.max-size: 2 gb (expected: "))
                .anyMatch(
                        p ->
                                p.startsWith(
                                        "streams.c.capture.directory: /var/captures (expected:"
                                                + " only where requests are signed"));
    }

    private void sns(String name, String path) {
        stream(name, "path", "/" + path, "auth.type", "aws-sns", "auth.topics", TOPIC);
    }

    @ParameterizedTest
    @CsvSource({"auth.secrets", "handshake.verify-token", "admin.token"})
    void a_literal_secret_is_refused_without_being_echoed(String key) {
        String literal = "sk_live_4242424242";
        stream("orders", "path", "/in", "auth.type", "bearer", "event-id", "none");
        if (key.startsWith("admin")) {
            listener(key, literal);
        } else {
            streams.get("orders").setString(key, literal);
        }

        assertThat(problems())
                .anyMatch(p -> p.contains(key + ": *** (") && p.contains("file:PATH"))
                .noneMatch(p -> p.contains("4242"));
    }

    @Test
    void addresses_are_told_by_name_and_value_where_they_are_none() {
        listener("proxies.trusted", "10.0.0.1/8;proxy.example.com;0.0.0.0/0");
        listener("proxies.header", "forwarded", "proxies.proxy-protocol", "perhaps");
        stream("s", "path", "/s", "auth.type", "none", "event-id", "none");
        streams.get("s").setString("allowed-addresses", "192.0.2.7;192.0.2.300");
        String block =
                " (expected: an address, or a block without bits beyond its prefix, such as"
                        + " 192.0.2.0/24 or 2001:db8::/32)";

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "listener.proxies.trusted: 10.0.0.1/8" + block,
                        "listener.proxies.trusted: proxy.example.com" + block,
                        "listener.proxies.trusted: 0.0.0.0/0 (expected: your proxies alone, for"
                                + " whoever is trusted can claim any address)",
                        "listener.proxies.proxy-protocol: perhaps (expected: true or false)",
                        "streams.s.allowed-addresses: 192.0.2.300" + block);
    }

    @Test
    void proxies_and_the_way_they_tell_their_client_go_together() {
        stream("s", "path", "/s", "auth.type", "none", "event-id", "none");
        listener("proxies.trusted", "10.0.0.1");

        assertThat(problems())
                .containsExactly(
                        "listener.proxies.header: none (expected: forwarded or x-forwarded-for, or"
                                + " proxies.proxy-protocol true, beside proxies.trusted)");

        listener.removeConfig(PeerOptions.TRUSTED_PROXIES);
        listener("proxies.header", "forwarded");
        assertThat(problems())
                .containsExactly(
                        "listener.proxies.trusted: missing (expected: your proxies' addresses, for"
                                + " proxies.header)");

        listener("proxies.header", "none", "proxies.proxy-protocol", "true");
        assertThat(problems())
                .containsExactly(
                        "listener.proxies.trusted: missing (expected: your proxies' addresses, for"
                                + " proxies.proxy-protocol)");
    }

    @Test
    void rate_limits_are_mapped_and_a_burst_is_the_number_of_the_rate_unless_it_is_set() {
        stream("s", "path", "/s", "auth.type", "none", "event-id", "none");
        assertThat(resolve().streams().get(0).access())
                .isEqualTo(new AccessSettings(List.of(), Map.of(), false));

        streams.get("s").setString("rate-limit.stream.rate", "600/min");
        streams.get("s").setString("rate-limit.stream.burst", "50");
        streams.get("s").setString("rate-limit.credential.rate", "100/s");
        streams.get("s").setString("rate-limit.address.rate", "1000/h");
        streams.get("s").setString("rate-limit.address.burst", "1");

        AccessSettings access = resolve().streams().get(0).access();
        assertThat(access.limits())
                .isEqualTo(
                        Map.of(
                                RateScope.STREAM,
                                new RateLimit(600, Duration.ofMinutes(1), 50),
                                RateScope.CREDENTIAL,
                                new RateLimit(100, Duration.ofSeconds(1), 100),
                                RateScope.ADDRESS,
                                new RateLimit(1000, Duration.ofHours(1), 1)));
        assertThat(access.perMinute()).isEqualTo(600);
        assertThat(resolve().streams().get(0).handshake().perMinute()).isEqualTo(600);
    }

    @Test
    void every_wrong_rate_is_told() {
        stream("s", "path", "/s", "auth.type", "none", "event-id", "none");
        listener("max-connections-per-address", "0");
        streams.get("s").setString("rate-limit.stream.rate", "fast");
        streams.get("s").setString("rate-limit.stream.burst", "0");
        streams.get("s").setString("rate-limit.credential.rate", "0/s");
        streams.get("s").setString("rate-limit.address.burst", "9");
        streams.get("s").setString("profile", "beach");
        String rate =
                " (expected: requests in a second, a minute or an hour, such as 100/s, 600/min or"
                        + " 1000/h, up to 1000000)";

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "listener.max-connections-per-address: 0 (expected: 1 to 1000000)",
                        "streams.s.rate-limit.stream.rate: fast" + rate,
                        "streams.s.rate-limit.stream.burst: 0 (expected: 1 to 1000000)",
                        "streams.s.rate-limit.credential.rate: 0/s" + rate,
                        "streams.s.rate-limit.address.burst: 9 (expected: rate-limit.address.rate"
                                + " beside it)",
                        "streams.s.profile: beach (expected: standard, sandbox)");
    }

    @Test
    void too_many_requests_are_answered_as_the_vendor_retries() {
        stream("own", "path", "/1", "auth.type", "none", "event-id", "none");
        stream("chosen", "path", "/2", "auth.type", "none", "event-id", "none");
        streams.get("chosen").setString("overload-status", "503");
        stream("vendor", "path", "/3", "auth.type", "stripe", "auth.secrets", "env:A");

        assertThat(resolve().streams())
                .extracting(s -> s.access().byOverloadStatus())
                .containsExactly(false, true, true);
    }

    @Test
    void a_sandbox_has_low_limits_and_what_is_set_wins() {
        stream("low", "path", "/1", "auth.type", "none", "event-id", "none");
        streams.get("low").setString("profile", "sandbox");
        stream("own", "path", "/2", "auth.type", "none", "event-id", "none");
        streams.get("own").setString("profile", "sandbox");
        streams.get("own").setString("rate-limit.stream.rate", "1000/s");
        streams.get("own").setString("rate-limit.address.burst", "7");
        streams.get("own").setString("max-body", "2mb");
        stream("standard", "path", "/3", "auth.type", "none", "event-id", "none");
        streams.get("standard").setString("profile", "standard");

        List<StreamSettings> settings = resolve().streams();

        StreamSettings low = settings.get(0);
        assertThat(low.access().limits())
                .isEqualTo(
                        Map.of(
                                RateScope.STREAM,
                                new RateLimit(60, Duration.ofMinutes(1), 20),
                                RateScope.ADDRESS,
                                new RateLimit(120, Duration.ofMinutes(1), 40)));
        assertThat(low.maxBodyBytes()).isEqualTo(256 << 10);
        assertThat(low.maxInflatedBytes()).isEqualTo(1 << 20);
        StreamSettings own = settings.get(1);
        assertThat(own.access().limits())
                .isEqualTo(
                        Map.of(
                                RateScope.STREAM,
                                new RateLimit(1000, Duration.ofSeconds(1), 1000),
                                RateScope.ADDRESS,
                                new RateLimit(120, Duration.ofMinutes(1), 7)));
        assertThat(own.maxBodyBytes()).isEqualTo(2 << 20);
        assertThat(settings.get(2).access().limits()).isEmpty();
    }

    @Test
    void allowed_addresses_are_mapped() {
        stream("s", "path", "/s", "auth.type", "none", "event-id", "none");
        assertThat(resolve().streams().get(0).access().allowedAddresses()).isEmpty();

        streams.get("s").setString("allowed-addresses", "192.0.2.0/24;2001:db8::1");
        assertThat(resolve().streams().get(0).access().allowedAddresses())
                .containsExactly("192.0.2.0/24", "2001:db8::1");
    }

    @Test
    void settings_travel_in_the_job_graph() throws Exception {
        stream("s", "path", "/s", "auth.type", "stripe", "auth.secrets", "env:STRIPE");

        assertThat(InstantiationUtil.clone(resolve())).isEqualTo(resolve());
    }

    private SourceSettings resolve() {
        return SettingsResolver.resolve("webhooks", listener, source, streams, List.of());
    }

    private List<String> problems() {
        return catchThrowableOfType(InvalidSettingsException.class, this::resolve).problems();
    }

    private void listener(String... keysAndValues) {
        putAll(listener, keysAndValues);
    }

    private void stream(String name, String... keysAndValues) {
        putAll(streams.computeIfAbsent(name, key -> new Configuration()), keysAndValues);
    }

    private static void putAll(Configuration configuration, String... keysAndValues) {
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configuration.setString(keysAndValues[i], keysAndValues[i + 1]);
        }
    }
}
