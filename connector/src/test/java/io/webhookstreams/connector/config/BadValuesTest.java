/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.connector.WebhookOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Every bound of every option, violated: each is told by its name, its value and what was expected,
 * and all together. An option without a row here fails the test.
 */
class BadValuesTest {

    /**
     * No text is wrong for these; whether it is the right one, only the host or a request tells.
     */
    private static final Set<String> ANY_TEXT =
            Set.of("health.address", "admin.address", "content-types");

    /** What stands beside the wrong value, for it to be the problem. */
    private static final Map<String, String> AROUND =
            Map.ofEntries(
                    Map.entry("plain", "auth.type=none event-id=none"),
                    Map.entry("shed", "auth.type=none event-id=none policy=shed shed.budget=0.01"),
                    Map.entry("signed", "auth.type=github auth.secrets=env:KEY"),
                    Map.entry(
                            "captured",
                            "auth.type=github auth.secrets=env:KEY capture.directory=/captures"),
                    Map.entry(
                            "jwt",
                            "auth.type=jwt event-id=none auth.jwt.jwks=file:/run/keys"
                                    + " auth.jwt.issuer=https://issuer.example.com"
                                    + " auth.jwt.audience=orders auth.jwt.algorithms=RS256"),
                    Map.entry(
                            "entra",
                            "auth.type=entra-id event-id=none auth.jwt.audience=orders"
                                    + " auth.jwt.claims=azp=app"
                                    + " auth.jwt.tenant=0a1b2c3d-0000-4000-8000-0123456789ab"),
                    Map.entry(
                            "mtls", "auth.type=mtls event-id=none auth.clients=dns:a.example.com"),
                    Map.entry(
                            "sns",
                            "auth.type=aws-sns"
                                    + " auth.topics=arn:aws:sns:eu-west-1:123456789012:events"),
                    Map.entry(
                            "paypal", "auth.type=paypal auth.webhook-id=8PT597110X687430LKGECATA"),
                    Map.entry("custom", "auth.type=custom event-id=none auth.secrets=env:KEY"),
                    Map.entry("several", "auth.type=any-of event-id=none"),
                    Map.entry(
                            "meta",
                            "auth.type=meta auth.secrets=env:KEY event-id=none"
                                    + " handshake.verify-token=env:VERIFY"));

    private static final String PEM =
            "tls.mode=pem tls.certificate=/c.pem tls.key=/k.pem tls.client-auth=need"
                    + " tls.client-ca=/ca.pem";

    /** {@code option: value | the problem}, the problem without its group. */
    private static final List<Bad> LISTENER =
            rows(
                    "listener.",
                    """
                    address: 0.0.0.0 | address: 0.0.0.0 (expected: a loopback address, or tls.mode pem or terminated-upstream)
                    port: 70000 | port: 70000 (expected: a port or a range, such as 8080 or 8080-8089)
                    port: 8089-8080 | port: 8089-8080 (expected: a port or a range, such as 8080 or 8080-8089)
                    public-url: ftp://hooks.example.com | public-url: ftp://hooks.example.com (expected: an http or https URL without query and without a path to the streams)
                    tls.mode: sometimes | tls.mode: sometimes (expected: none, pem, terminated-upstream)
                    tls.certificate: /c.pem | tls.certificate: /c.pem (expected: tls.mode pem, which is none)
                    tls.key: /k.pem | tls.key: /k.pem (expected: tls.mode pem, which is none)
                    tls.client-auth: perhaps | tls.client-auth: perhaps (expected: none, want, need)
                    tls.client-auth: need | tls.client-auth: need (expected: tls.mode pem, which is none)
                    tls.client-ca: /ca.pem | tls.client-ca: /ca.pem (expected: tls.client-auth want or need beside it)
                    health.port: -1 | health.port: -1 (expected: a port or a range, such as 8080 or 8080-8089)
                    admin.port: many | admin.port: many (expected: a port or a range, such as 8080 or 8080-8089)
                    admin.token: s3cret-token | admin.token: *** (secret: 12 characters that are no reference (expected: file:PATH or env:NAME, or NAME=file:PATH))
                    unverified.max-bytes: 1kb | unverified.max-bytes: 1 kb (expected: 64 kb to 16 gb)
                    unverified.max-bytes: 17g | unverified.max-bytes: 17 gb (expected: 64 kb to 16 gb)
                    held.max-bytes: 1kb | held.max-bytes: 1 kb (expected: 64 kb to 64 gb)
                    held.max-bytes: 65g | held.max-bytes: 65 gb (expected: 64 kb to 64 gb)
                    max-header-bytes: 100b | max-header-bytes: 100 bytes (expected: 1 kb to 1 mb)
                    max-header-bytes: 2mb | max-header-bytes: 2 mb (expected: 1 kb to 1 mb)
                    http2.max-concurrent-streams: 0 | http2.max-concurrent-streams: 0 (expected: 1 to 1000000)
                    http2.max-concurrent-streams: 1000001 | http2.max-concurrent-streams: 1000001 (expected: 1 to 1000000)
                    idle-timeout: 0 s | idle-timeout: PT0S (expected: more than 0)
                    idle-timeout: 4000 d | idle-timeout: PT96000H (expected: at most 3650 d)
                    stop.flush-timeout: -1 s | stop.flush-timeout: -1 s (expected: a duration such as 10 s)
                    stop.flush-timeout: soon | stop.flush-timeout: soon (expected: a duration such as 10 s)
                    proxies.trusted: 10.0.0.1/8 | proxies.trusted: 10.0.0.1/8 (expected: an address, or a block without bits beyond its prefix, such as 192.0.2.0/24 or 2001:db8::/32)
                    proxies.trusted: proxy.example.com | proxies.trusted: proxy.example.com (expected: an address, or a block without bits beyond its prefix, such as 192.0.2.0/24 or 2001:db8::/32)
                    proxies.header: x-real-ip | proxies.header: x-real-ip (expected: none, forwarded, x-forwarded-for)
                    proxies.header: forwarded | proxies.trusted: missing (expected: your proxies' addresses, for proxies.header)
                    proxies.proxy-protocol: perhaps | proxies.proxy-protocol: perhaps (expected: true or false)
                    max-connections-per-address: 0 | max-connections-per-address: 0 (expected: 1 to 1000000)
                    max-connections-per-address: 1000001 | max-connections-per-address: 1000001 (expected: 1 to 1000000)
                    """);

    private static final List<Bad> SOURCE =
            rows(
                    "source.",
                    """
                    lanes: 0 | lanes: 0 (expected: 1 to 4096)
                    lanes: 4097 | lanes: 4097 (expected: 1 to 4096)
                    queue.max-bytes: 2g | queue.max-bytes: 2 gb (expected: 64 kb to 1 gb)
                    queue.max-bytes: 1kb | queue.max-bytes: 1 kb (expected: 64 kb to 1 gb)
                    coalescing.max-bytes: 1kb | coalescing.max-bytes: 1 kb (expected: 64 kb to 1 gb)
                    coalescing.max-bytes: 2g | coalescing.max-bytes: 2 gb (expected: 64 kb to 1 gb)
                    watchdog.timeout: 0 s | watchdog.timeout: PT0S (expected: more than 0)
                    on-error: shrug | on-error: shrug (expected: emit, drop, fail)
                    deadline-check: maybe | deadline-check: maybe (expected: fail, warn, off)
                    expected-checkpoint-duration: 0 s | expected-checkpoint-duration: PT0S (expected: more than 0)
                    cadence.on-demand: sometimes | cadence.on-demand: sometimes (expected: true or false)
                    cadence.idle-after: -1 s | cadence.idle-after: -1 s (expected: a duration such as 10 s)
                    """);

    /** {@code what stands around it / option: value | the problem}. */
    private static final List<Bad> STREAM =
            rows(
                    "streams.",
                    """
                    plain / path: in/orders | path: in/orders (expected: / and up to 255 of A-Z a-z 0-9 . _ ~ - /, without // and without a segment that starts with a dot)
                    plain / path: /in//orders | path: /in//orders (expected: / and up to 255 of A-Z a-z 0-9 . _ ~ - /, without // and without a segment that starts with a dot)
                    plain / methods: DELETE | methods: [DELETE] (expected: any of POST, PUT and PATCH)
                    plain / auth.type: magic | auth.type: magic (expected: one of adyen, adyen-platform, all-of, any-of, api-key, aws-sns, azure-event-grid, basic, bearer, bitbucket, cloudevents, custom, discord, docusign, dropbox, entra-id, entra-id-v1, github, gitlab, google-pubsub, hubspot, intercom, jira, jwt, line, linear, mailgun, meta, microsoft-graph, mtls, none, okta, paddle, pagerduty, paypal, plaid, sanity, segment, segment-batch, sendgrid, shopify, shopify-events, slack, square, standard-webhooks, standard-webhooks-ed25519, stripe, svix, twilio, typeform, workos, x, zendesk, zoom)
                    signed / auth.secrets: s3cret-text | auth.secrets: *** (secret: 11 characters that are no reference (expected: file:PATH or env:NAME, or NAME=file:PATH))
                    signed / auth.retire-after: 0 s | auth.retire-after: PT0S (expected: more than 0)
                    mtls / auth.clients: orders | auth.clients: orders (expected: dns:HOST, uri:URI, email:ADDRESS or subject:DN, or NAME=dns:HOST)
                    mtls / auth.forwarded.header: x-client | auth.forwarded.header: x-client (expected: x-forwarded-client-cert, client-cert)
                    mtls / auth.forwarded.proxies: proxy | auth.forwarded.proxies: proxy (expected: dns:HOST, uri:URI, email:ADDRESS or subject:DN, or NAME=dns:HOST)
                    signed / auth.tolerance.past: 1 min | auth.tolerance.past: 60 s (expected: none, github signs no time)
                    plain / auth.tolerance.future: 1 min | auth.tolerance.future: 60 s (expected: none, none signs no time)
                    plain / handshake.type: bow | handshake.type: bow (expected: none or one of aws-sns, azure-event-grid, cloudevents, discord, dropbox, meta, microsoft-graph, okta, slack, x, zoom)
                    meta / handshake.verify-token: s3cret-text | handshake.verify-token: *** (secret: 11 characters that are no reference (expected: file:PATH or env:NAME, or NAME=file:PATH))
                    plain / handshake.fetch: true | handshake.fetch: true (expected: only with a handshake that asks it)
                    plain / event-id: body | event-id: body (expected: header:NAME, json:/pointer, query:NAME or form:NAME (for an event id also body-digest or none))
                    plain / event-type: xml:/type | event-type: xml:/type (expected: header:NAME, json:/pointer, query:NAME or form:NAME (for an event id also body-digest or none))
                    plain / event-time: cookie:at | event-time: cookie:at (expected: header:NAME, json:/pointer, query:NAME or form:NAME (for an event id also body-digest or none))
                    plain / event-time-format: iso | event-time-format: iso (expected: s, ms, rfc3339 or decimal-s)
                    plain / account: json | account: json (expected: header:NAME, json:/pointer, query:NAME or form:NAME (for an event id also body-digest or none))
                    plain / ordering-key: path:/1 | ordering-key: path:/1 (expected: header:NAME, json:/pointer, query:NAME or form:NAME (for an event id also body-digest or none))
                    plain / tier: perhaps | tier: perhaps (expected: checkpoint, accept)
                    plain / answer-deadline: 0 s | answer-deadline: PT0S (expected: more than 0)
                    plain / success-status: 302 | success-status: 302 (expected: one of 200, 201, 202, 204)
                    plain / overload-status: 500 | overload-status: 500 (expected: one of 429, 503)
                    plain / max-body: 0b | max-body: 0 bytes (expected: 1 bytes to 64 mb)
                    plain / max-body: 65mb | max-body: 65 mb (expected: 1 bytes to 64 mb)
                    plain / max-inflated-body: 0b | max-inflated-body: 0 bytes (expected: 1 bytes to 64 mb)
                    plain / max-inflated-body: 65mb | max-inflated-body: 65 mb (expected: 1 bytes to 64 mb)
                    plain / body-timeout: 0 s | body-timeout: PT0S (expected: more than 0)
                    plain / vendor-deadline: 0 s | vendor-deadline: PT0S (expected: more than 0)
                    plain / deadline-margin: 10 s | deadline-margin: PT10S (expected: less than vendor-deadline, which is PT10S)
                    plain / deadline-status: 200 | deadline-status: 200 (expected: one of 429, 500, 502, 503, 504)
                    plain / retry-after.max: 1 s | retry-after.max: PT1S (expected: at least PT2S)
                    plain / retry-after.unit: min | retry-after.unit: min (expected: s or ms)
                    plain / max-headers: 0 | max-headers: 0 (expected: 1 to 10000)
                    plain / max-headers: 10001 | max-headers: 10001 (expected: 1 to 10000)
                    plain / max-inflate-ratio: 0 | max-inflate-ratio: 0 (expected: 1 to 1032)
                    plain / max-inflate-ratio: 1033 | max-inflate-ratio: 1033 (expected: 1 to 1032)
                    plain / max-json-depth: 0 | max-json-depth: 0 (expected: 1 to 10000)
                    plain / max-json-depth: 10001 | max-json-depth: 10001 (expected: 1 to 10000)
                    plain / coalescing.enabled: perhaps | coalescing.enabled: perhaps (expected: true or false)
                    jwt / auth.jwt.jwks: http://issuer.example.com/keys | auth.jwt.jwks: http://issuer.example.com/keys (expected: file:PATH or https://HOST/PATH; http only from this machine)
                    plain / auth.jwt.issuer: https://issuer.example.com | auth.jwt: set (expected: nothing, none takes no tokens)
                    plain / auth.jwt.audience: orders | auth.jwt: set (expected: nothing, none takes no tokens)
                    jwt / auth.jwt.algorithms: none | auth.jwt.algorithms: none (expected: any of ES256, ES384, ES512, HS256, HS384, HS512, PS256, PS384, PS512, RS256, RS384, RS512)
                    jwt / auth.jwt.leeway: 1 h | auth.jwt.leeway: 3600 s (expected: 0 s to 600 s)
                    jwt / auth.jwt.max-age: 0 s | auth.jwt.max-age: 0 s (expected: 1 s to 2592000 s)
                    jwt / auth.jwt.claims: = | auth.jwt.claims: = (expected: NAME or NAME=VALUE)
                    plain / auth.jwt.scopes: write | auth.jwt: set (expected: nothing, none takes no tokens)
                    plain / auth.jwt.body-hash-claim: hash | auth.jwt: set (expected: nothing, none takes no tokens)
                    jwt / auth.jwt.header: X Token | auth.jwt.header: X Token (expected: a header's name: [A-Za-z0-9-]{1,64})
                    jwt / auth.jwt.refresh-interval: 1 s | auth.jwt.refresh-interval: 1 s (expected: 30 s to 2592000 s)
                    jwt / auth.jwt.outage-tolerance: 31 d | auth.jwt.outage-tolerance: 2678400 s (expected: 0 s to 2592000 s)
                    entra / auth.jwt.tenant: common | auth.jwt.tenant: common (expected: the tenant's id, a GUID in lower case)
                    sns / auth.topics: events | auth.topics: events (expected: arn:aws:sns:REGION:ACCOUNT:NAME of a topic that may send)
                    plain / auth.webhook-id: 8PT597110X687430LKGECATA | auth.webhook-id: set (expected: only with paypal)
                    plain / capture.directory: /captures | capture.directory: /captures (expected: only where requests are signed and show no token in their body; a token is never kept, so that nothing could be verified again)
                    captured / capture.directory: captures | capture.directory: captures (expected: an absolute path)
                    captured / capture.max-files: 0 | capture.max-files: 0 (expected: 1 to 10000)
                    captured / capture.max-files: 10001 | capture.max-files: 10001 (expected: 1 to 10000)
                    captured / capture.max-size: 0b | capture.max-size: 0 bytes (expected: 1 bytes to 1 gb)
                    captured / capture.max-size: 2g | capture.max-size: 2 gb (expected: 1 bytes to 1 gb)
                    custom / auth.scheme: {algorithm: rot13} | auth.scheme.algorithm: rot13 (expected: one of hmac-sha1, hmac-sha256, hmac-sha512, ed25519, ecdsa-p256-sha256, rsa-sha1, rsa-sha256, token, basic)
                    several / auth.of: gate | auth.of: *** (expected: keys and values below it)
                    plain / policy: panic | policy: panic (expected: queue, reject, shed)
                    plain / weight: 0 | weight: 0 (expected: 1 to 1000)
                    plain / weight: 1001 | weight: 1001 (expected: 1 to 1000)
                    plain / queue.max-deliveries: 0 | queue.max-deliveries: 0 (expected: 1 to 2147483647)
                    plain / queue.high-water: 0 | queue.high-water: 0.0 (expected: more than 0, and up to 1)
                    plain / queue.high-water: 1.1 | queue.high-water: 1.1 (expected: more than 0, and up to 1)
                    plain / queue.low-water: 0.95 | queue.low-water: 0.95 (expected: less than queue.high-water, which is 0.9)
                    plain / queue.low-water: 0 | queue.low-water: 0.0 (expected: more than 0, and up to 1)
                    plain / queue.max-wait: 0 s | queue.max-wait: PT0S (expected: more than 0)
                    plain / queue.max-wait: 8 s | queue.max-wait: PT8S (expected: less than answer-deadline, which is PT8S)
                    plain / queue.max-waiting: -1 | queue.max-waiting: -1 (expected: 0 to 100000)
                    plain / queue.max-waiting: 100001 | queue.max-waiting: 100001 (expected: 0 to 100000)
                    plain / queue.alert-level: 0 | queue.alert-level: 0.0 (expected: more than 0, and up to 1)
                    plain / queue.alert-level: 1.1 | queue.alert-level: 1.1 (expected: more than 0, and up to 1)
                    shed / shed.budget: 0 | shed.budget: 0.0 (expected: 0.000001 to 0.5)
                    shed / shed.budget: 0.6 | shed.budget: 0.6 (expected: 0.000001 to 0.5)
                    shed / shed.keep: 1.0 | shed.keep: 1.0 (expected: less than 1)
                    shed / shed.keep: 0 | shed.keep: 0.0 (expected: more than 0, and up to 1)
                    shed / shed.window: 500 ms | shed.window: PT0.5S (expected: 1 s to 30 d)
                    shed / shed.window: 31 d | shed.window: PT744H (expected: 1 s to 30 d)
                    shed / shed.ledger: perhaps | shed.ledger: perhaps (expected: true or false)
                    shed / tier: accept | policy: shed (expected: tier checkpoint beside it, which answers what is shed)
                    plain / state: asleep | state: asleep (expected: active, paused, revoked)
                    plain / profile: playground | profile: playground (expected: standard, sandbox)
                    plain / allowed-addresses: 192.0.2.1/24 | allowed-addresses: 192.0.2.1/24 (expected: an address, or a block without bits beyond its prefix, such as 192.0.2.0/24 or 2001:db8::/32)
                    plain / rate-limit.stream.rate: 100/day | rate-limit.stream.rate: 100/day (expected: requests in a second, a minute or an hour, such as 100/s, 600/min or 1000/h, up to 1000000)
                    plain / rate-limit.stream.rate: 0/s | rate-limit.stream.rate: 0/s (expected: requests in a second, a minute or an hour, such as 100/s, 600/min or 1000/h, up to 1000000)
                    plain / rate-limit.stream.rate: 1000001/s | rate-limit.stream.rate: 1000001/s (expected: requests in a second, a minute or an hour, such as 100/s, 600/min or 1000/h, up to 1000000)
                    plain / rate-limit.stream.burst: 0 | rate-limit.stream.burst: 0 (expected: 1 to 1000000)
                    plain / rate-limit.stream.burst: 5 | rate-limit.stream.burst: 5 (expected: rate-limit.stream.rate beside it)
                    plain / rate-limit.credential.rate: fast | rate-limit.credential.rate: fast (expected: requests in a second, a minute or an hour, such as 100/s, 600/min or 1000/h, up to 1000000)
                    plain / rate-limit.credential.burst: 1000001 | rate-limit.credential.burst: 1000001 (expected: 1 to 1000000)
                    plain / rate-limit.address.rate: -1/s | rate-limit.address.rate: -1/s (expected: requests in a second, a minute or an hour, such as 100/s, 600/min or 1000/h, up to 1000000)
                    plain / rate-limit.address.burst: many | rate-limit.address.burst: many (expected: 1 to 1000000)
                    """);

    /** A value that is refused. */
    private record Bad(String group, String around, String key, String value, String told) {

        private static final Pattern ROW = Pattern.compile("(?:(\\S+) / )?(\\S+): (.*?) \\| (.*)");

        static Bad of(String group, String row) {
            Matcher parts = ROW.matcher(row);
            if (!parts.matches()) {
                throw new IllegalArgumentException("row: " + row);
            }
            String around = Objects.requireNonNullElse(parts.group(1), "");
            return new Bad(group, around, parts.group(2), parts.group(3), parts.group(4));
        }

        @Override
        public String toString() {
            return group + key + ": " + value;
        }
    }

    static List<Bad> listener() {
        return LISTENER;
    }

    static List<Bad> source() {
        return SOURCE;
    }

    static List<Bad> stream() {
        return STREAM;
    }

    @Test
    void every_option_has_a_value_that_is_refused() {
        assertThat(keysOf(LISTENER)).isEqualTo(keys(WebhookOptions.LISTENER));
        assertThat(keysOf(SOURCE)).isEqualTo(keys(WebhookOptions.SOURCE));
        assertThat(keysOf(STREAM)).isEqualTo(keys(WebhookOptions.STREAM));
    }

    @ParameterizedTest
    @MethodSource("listener")
    void a_bad_value_of_the_listener_is_told(Bad bad) {
        Configuration listener = new Configuration();
        listener.setString(bad.key(), bad.value());

        assertThat(problems(listener, new Configuration(), Map.of("s", stream("plain"))))
                .contains("listener." + bad.told())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("source")
    void a_bad_value_of_the_source_is_told(Bad bad) {
        Configuration source = new Configuration();
        source.setString(bad.key(), bad.value());

        assertThat(problems(new Configuration(), source, Map.of("s", stream("plain"))))
                .contains("source." + bad.told())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("stream")
    void a_bad_value_of_a_stream_is_told(Bad bad) {
        assertThat(problems(options(PEM), new Configuration(), Map.of("s", with(bad))))
                .contains("streams.s." + bad.told())
                .doesNotHaveDuplicates();
    }

    @Test
    void what_stands_around_a_bad_value_is_no_problem_itself() {
        for (String around :
                List.of("plain", "shed", "signed", "captured", "jwt", "entra", "mtls", "sns")) {
            assertThat(problems(options(PEM), new Configuration(), Map.of("s", stream(around))))
                    .as(around)
                    .isEmpty();
        }
    }

    @Test
    void all_are_told_together() {
        Configuration listener = new Configuration();
        Configuration source = new Configuration();
        List<String> expected = new ArrayList<>();
        for (Bad bad : onePerKey(LISTENER)) {
            listener.setString(bad.key(), bad.value());
            expected.add("listener." + bad.told());
        }
        for (Bad bad : onePerKey(SOURCE)) {
            source.setString(bad.key(), bad.value());
            expected.add("source." + bad.told());
        }
        Map<String, Configuration> streams = new LinkedHashMap<>();
        for (Bad bad : STREAM) {
            String name = "s" + streams.size();
            Configuration stream = with(bad);
            if (!bad.key().equals("path")) {
                stream.setString("path", "/in/" + name);
            }
            streams.put(name, stream);
            expected.add("streams." + name + "." + bad.told());
        }

        assertThat(problems(listener, source, streams))
                .containsAll(expected)
                .doesNotHaveDuplicates();
    }

    private static Collection<Bad> onePerKey(List<Bad> rows) {
        Map<String, Bad> first = new LinkedHashMap<>();
        rows.forEach(bad -> first.putIfAbsent(bad.key(), bad));
        return first.values();
    }

    private static List<Bad> rows(String group, String text) {
        return text.lines().map(row -> Bad.of(group, row)).toList();
    }

    private static Set<String> keysOf(List<Bad> rows) {
        return rows.stream().map(Bad::key).collect(Collectors.toSet());
    }

    private static Set<String> keys(List<ConfigOption<?>> options) {
        return options.stream()
                .map(ConfigOption::key)
                .filter(key -> !ANY_TEXT.contains(key))
                .collect(Collectors.toSet());
    }

    private static Configuration with(Bad bad) {
        Configuration stream = stream(bad.around());
        stream.setString(bad.key(), bad.value());
        return stream;
    }

    private static Configuration stream(String around) {
        Configuration stream = options(AROUND.get(around));
        stream.setString("path", "/in");
        return stream;
    }

    /** From {@code key=value key=value}. */
    private static Configuration options(String text) {
        Map<String, String> options = new HashMap<>();
        for (String option : text.split(" ", -1)) {
            int equals = option.indexOf('=');
            options.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return Configuration.fromMap(options);
    }

    private static List<String> problems(
            Configuration listener, Configuration source, Map<String, Configuration> streams) {
        try {
            SettingsResolver.resolve("source", listener, source, streams, List.of());
            return List.of();
        } catch (InvalidSettingsException e) {
            return e.problems();
        }
    }
}
