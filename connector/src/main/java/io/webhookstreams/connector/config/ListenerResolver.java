/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static io.webhookstreams.connector.ListenerOptions.ADDRESS;
import static io.webhookstreams.connector.ListenerOptions.ADMIN_ADDRESS;
import static io.webhookstreams.connector.ListenerOptions.ADMIN_PORT;
import static io.webhookstreams.connector.ListenerOptions.ADMIN_TOKEN;
import static io.webhookstreams.connector.ListenerOptions.HEALTH_ADDRESS;
import static io.webhookstreams.connector.ListenerOptions.HEALTH_PORT;
import static io.webhookstreams.connector.ListenerOptions.HELD_MAX_BYTES;
import static io.webhookstreams.connector.ListenerOptions.HTTP2_MAX_STREAMS;
import static io.webhookstreams.connector.ListenerOptions.IDLE_TIMEOUT;
import static io.webhookstreams.connector.ListenerOptions.MAX_HEADER_BYTES;
import static io.webhookstreams.connector.ListenerOptions.PORT;
import static io.webhookstreams.connector.ListenerOptions.PUBLIC_URL;
import static io.webhookstreams.connector.ListenerOptions.STOP_FLUSH_TIMEOUT;
import static io.webhookstreams.connector.ListenerOptions.TLS;
import static io.webhookstreams.connector.ListenerOptions.TLS_CERTIFICATE;
import static io.webhookstreams.connector.ListenerOptions.TLS_CLIENT_AUTH;
import static io.webhookstreams.connector.ListenerOptions.TLS_CLIENT_CA;
import static io.webhookstreams.connector.ListenerOptions.TLS_KEY;
import static io.webhookstreams.connector.ListenerOptions.UNVERIFIED_MAX_BYTES;

import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.connector.ListenerOptions.ClientAuth;
import io.webhookstreams.connector.ListenerOptions.Tls;
import io.webhookstreams.connector.WebhookOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.net.URI;
import java.util.List;
import java.util.Set;

import javax.annotation.Nullable;

/** Reads {@link ListenerSettings}. */
final class ListenerResolver {

    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final long GIB = 1024 * MIB;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");
    private static final PortRange ANY_PORT = new PortRange(0, 0);

    private final OptionReader options;

    private ListenerResolver(OptionReader options) {
        this.options = options;
    }

    static ListenerSettings resolve(Configuration configuration, List<String> problems) {
        OptionReader options = new OptionReader("listener.", configuration, problems);
        options.refuseUnknownKeys(WebhookOptions.LISTENER);
        return new ListenerResolver(options).settings();
    }

    private ListenerSettings settings() {
        String address = options.get(ADDRESS);
        Tls tls = options.get(TLS);
        if (tls == Tls.NONE && !isLoopback(address)) {
            options.problem(
                    ADDRESS.key(),
                    address,
                    "expected: a loopback address, or tls.mode pem or terminated-upstream");
        }
        return new ListenerSettings(
                address,
                ports(PORT),
                publicUrl(),
                tls,
                pemFile(TLS_CERTIFICATE, tls),
                pemFile(TLS_KEY, tls),
                clientAuth(tls),
                clientCa(),
                options.get(HEALTH_ADDRESS),
                ports(HEALTH_PORT),
                options.get(ADMIN_ADDRESS),
                ports(ADMIN_PORT),
                adminToken(),
                options.bytes(UNVERIFIED_MAX_BYTES, 64 * KIB, 16 * GIB),
                options.bytes(HELD_MAX_BYTES, 64 * KIB, 64 * GIB),
                (int) options.bytes(MAX_HEADER_BYTES, KIB, MIB),
                options.number(HTTP2_MAX_STREAMS, 1, 1_000_000),
                options.positive(IDLE_TIMEOUT, IDLE_TIMEOUT.defaultValue()),
                options.positive(STOP_FLUSH_TIMEOUT, STOP_FLUSH_TIMEOUT.defaultValue()),
                PeerReader.read(options));
    }

    private static boolean isLoopback(String address) {
        return LOOPBACK.contains(address) || address.startsWith("127.");
    }

    private PortRange ports(ConfigOption<String> option) {
        return options.parsed(
                option, ANY_PORT, PortRange::parse, "a port or a range, such as 8080 or 8080-8089");
    }

    @Nullable
    private String publicUrl() {
        URI url =
                options.parsed(
                        PUBLIC_URL,
                        null,
                        ListenerResolver::httpUrl,
                        "an http or https URL without query and without a path to the streams");
        return url == null ? null : url.toString().replaceAll("/+$", "");
    }

    private static URI httpUrl(String text) {
        URI url = URI.create(text);
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("not the URL of a server: " + text);
        }
        return url;
    }

    @Nullable
    private String pemFile(ConfigOption<String> option, Tls tls) {
        String file = options.get(option);
        if (tls == Tls.PEM && file == null) {
            options.problem(option.key(), "missing", "expected: a PEM file, since tls.mode is pem");
        }
        if (tls != Tls.PEM && file != null) {
            options.problem(option.key(), file, "expected: tls.mode pem, which is " + tls);
        }
        return file;
    }

    private ClientAuth clientAuth(Tls tls) {
        ClientAuth clientAuth = options.get(TLS_CLIENT_AUTH);
        if (tls != Tls.PEM && clientAuth != ClientAuth.NONE) {
            options.problem(
                    TLS_CLIENT_AUTH.key(), clientAuth, "expected: tls.mode pem, which is " + tls);
        }
        return clientAuth;
    }

    @Nullable
    private String clientCa() {
        String file = options.get(TLS_CLIENT_CA);
        ClientAuth clientAuth = options.get(TLS_CLIENT_AUTH);
        if (file == null && clientAuth != ClientAuth.NONE) {
            options.problem(
                    TLS_CLIENT_CA.key(),
                    "missing",
                    "expected: a PEM file, since tls.client-auth is " + clientAuth);
        }
        if (file != null && clientAuth == ClientAuth.NONE) {
            options.problem(
                    TLS_CLIENT_CA.key(), file, "expected: tls.client-auth want or need beside it");
        }
        return file;
    }

    @Nullable
    private SecretRef adminToken() {
        String text = options.get(ADMIN_TOKEN);
        try {
            return text == null ? null : SecretRef.parse(text);
        } catch (IllegalArgumentException e) {
            // The text may be the token itself: nothing of it goes into the message.
            options.problem(ADMIN_TOKEN.key(), "***", e.getMessage());
            return null;
        }
    }
}
