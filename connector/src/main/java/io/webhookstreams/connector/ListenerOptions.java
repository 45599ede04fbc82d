/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;
import java.util.Locale;

/** Options of the HTTP listener that all streams of one job share in one TaskManager. */
@PublicEvolving
public final class ListenerOptions {

    /**
     * How requests reach the listener: {@code none}, {@code pem} or {@code terminated-upstream}.
     */
    public enum Tls {
        /** Clear text; allowed on loopback only. */
        NONE,
        /** TLS with the PEM certificate and key of {@code tls.certificate} and {@code tls.key}. */
        PEM,
        /** Clear text behind a proxy or load balancer that terminates TLS. */
        TERMINATED_UPSTREAM;

        /** As it is written in a configuration. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whether clients show a certificate: {@code none}, {@code want} or {@code need}. */
    public enum ClientAuth {
        /** They are not asked for one. */
        NONE,
        /** They are asked; without one they go on, with one of another CA they do not. */
        WANT,
        /** Without one of the client CA there is no connection. */
        NEED;

        /** As it is written in a configuration. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final ConfigOption<String> ADDRESS =
            ConfigOptions.key("address")
                    .stringType()
                    .defaultValue("127.0.0.1")
                    .withDescription(
                            "Address that the ingest listener binds. Any address other than loopback needs `tls: pem`"
                                    + " or `tls: terminated-upstream`.");

    public static final ConfigOption<String> PORT =
            ConfigOptions.key("port")
                    .stringType()
                    .defaultValue("8080")
                    .withDescription(
                            "Port or range of ports (`8080-8089`) of the ingest listener; the first free one is"
                                    + " taken, so that several TaskManagers can share a host. 0 takes any free port.");

    public static final ConfigOption<String> PUBLIC_URL =
            ConfigOptions.key("public-url")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The URL under which senders reach the listener (scheme, host and port as they see"
                                    + " it). Ingest URLs are printed with it, and schemes that sign the URL verify"
                                    + " against it. Default: the bound address.");

    public static final ConfigOption<Tls> TLS =
            ConfigOptions.key("tls.mode")
                    .enumType(Tls.class)
                    .defaultValue(Tls.NONE)
                    .withDescription(
                            "`none` (clear text, loopback only), `pem` (TLS 1.2 and 1.3 with `tls.certificate` and"
                                    + " `tls.key`; HTTP/1.1 and HTTP/2 by ALPN) or `terminated-upstream` (clear text"
                                    + " behind a proxy that terminates TLS).");

    public static final ConfigOption<String> TLS_CERTIFICATE =
            ConfigOptions.key("tls.certificate")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("PEM file with the certificate chain, the server's first.");

    public static final ConfigOption<String> TLS_KEY =
            ConfigOptions.key("tls.key")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("PEM file (PKCS #8, unencrypted) with the private key.");

    public static final ConfigOption<ClientAuth> TLS_CLIENT_AUTH =
            ConfigOptions.key("tls.client-auth")
                    .enumType(ClientAuth.class)
                    .defaultValue(ClientAuth.NONE)
                    .withDescription(
                            "Whether senders show a certificate of `tls.client-ca`: `none`, `want` (those with one"
                                    + " are known by it) or `need` (no connection without one). Which of them may"
                                    + " post is up to each stream ([mTLS](mtls.md)).");

    public static final ConfigOption<String> TLS_CLIENT_CA =
            ConfigOptions.key("tls.client-ca")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "PEM file with the certificates of the CAs that senders' certificates come from.");

    public static final ConfigOption<String> HEALTH_ADDRESS =
            ConfigOptions.key("health.address")
                    .stringType()
                    .defaultValue("127.0.0.1")
                    .withDescription(
                            "Address of the health port, which answers GET /live, /ready and /started and nothing"
                                    + " else, without credentials.");

    public static final ConfigOption<String> HEALTH_PORT =
            ConfigOptions.key("health.port")
                    .stringType()
                    .defaultValue("8090-8099")
                    .withDescription("Port or range of the health port; 0 takes any free port.");

    public static final ConfigOption<String> ADMIN_ADDRESS =
            ConfigOptions.key("admin.address")
                    .stringType()
                    .defaultValue("127.0.0.1")
                    .withDescription("Address of the admin port.");

    public static final ConfigOption<String> ADMIN_PORT =
            ConfigOptions.key("admin.port")
                    .stringType()
                    .defaultValue("8100-8109")
                    .withDescription("Port or range of the admin port; 0 takes any free port.");

    public static final ConfigOption<String> ADMIN_TOKEN =
            ConfigOptions.key("admin.token")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Reference (`file:PATH` or `env:NAME`) to the bearer token that the admin port"
                                    + " demands. Without it there is no admin port.");

    public static final ConfigOption<MemorySize> UNVERIFIED_MAX_BYTES =
            ConfigOptions.key("unverified.max-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(32))
                    .withDescription(
                            "Body bytes of requests that are not verified yet, all streams together, charged as"
                                    + " they arrive. When they are used up, the slowest unverified request of the"
                                    + " stream that has most of them by its `weight` is cut.");

    public static final ConfigOption<MemorySize> HELD_MAX_BYTES =
            ConfigOptions.key("held.max-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(256))
                    .withDescription(
                            "Memory for requests that are held open until a checkpoint completes, a fixed charge"
                                    + " each, divided among the streams by their `weight`. When it is used up, deliveries are refused with the stream's overload"
                                    + " status.");

    public static final ConfigOption<MemorySize> MAX_HEADER_BYTES =
            ConfigOptions.key("max-header-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.parse("16kb"))
                    .withDescription(
                            "Size of the request line and headers together; beyond it 431.");

    public static final ConfigOption<Integer> HTTP2_MAX_STREAMS =
            ConfigOptions.key("http2.max-concurrent-streams")
                    .intType()
                    .defaultValue(1024)
                    .withDescription(
                            "Requests that one HTTP/2 connection may have open, held ones included.");

    public static final ConfigOption<Duration> IDLE_TIMEOUT =
            ConfigOptions.key("idle-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .withDescription(
                            "A connection without traffic and without a held request is closed after this time.");

    public static final ConfigOption<Duration> STOP_FLUSH_TIMEOUT =
            ConfigOptions.key("stop.flush-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "How long a stopping server waits for answers that are settled and not yet written.");

    private ListenerOptions() {}
}
