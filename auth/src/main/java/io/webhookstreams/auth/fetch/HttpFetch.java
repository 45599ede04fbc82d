/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.fetch;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;

/**
 * One GET, without redirects, cookies, retries or kept connections, within a time and a size. A
 * proxy of the JVM's system properties is used for what is configured.
 */
public final class HttpFetch implements Fetch {

    /** JWK sets with certificates are the largest. */
    static final int MOST_BYTES = 256 * 1024;

    private static final Duration CONFIGURED_TIME = Duration.ofSeconds(10);
    static final int MOST_WAITING = 16;

    private final Wire wire;
    private final Duration time;
    private final int mostBytes;
    private final Executor threads = threads();

    /**
     * What stands between a URL and bytes.
     *
     * @param dns what host names lead to: connections go to these addresses and no others
     * @param ports which port a URL without one means
     * @param tls whom to trust; null for the platform's
     * @param proxied whether the system's proxy settings count
     */
    record Wire(DnsResolver dns, SchemePortResolver ports, SSLContext tls, boolean proxied) {

        static final Wire SYSTEM =
                new Wire(
                        SystemDefaultDnsResolver.INSTANCE,
                        DefaultSchemePortResolver.INSTANCE,
                        null,
                        true);
    }

    HttpFetch(Wire wire, Duration time, int mostBytes) {
        this.wire = wire;
        this.time = time;
        this.mostBytes = mostBytes;
    }

    /** For URLs that an operator has written: 10 s, 256 KiB. */
    public static HttpFetch configured() {
        return new HttpFetch(Wire.SYSTEM, CONFIGURED_TIME, MOST_BYTES);
    }

    @Override
    public CompletableFuture<byte[]> get(URI url) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> fetch(url, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(
                    new FetchNotTriedException("more than " + MOST_WAITING + " fetches wait"));
        }
        return answer;
    }

    private void fetch(URI url, CompletableFuture<byte[]> answer) {
        try (CloseableHttpClient client = client()) {
            HttpGet request = new HttpGet(url);
            // Every single read has a timeout; this one is for a server that sends byte by byte.
            CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(
                            () -> {
                                answer.completeExceptionally(
                                        new FetchFailedException(
                                                "no answer within " + time.toMillis() + " ms"));
                                request.cancel();
                            });
            answer.complete(client.execute(request, this::body));
        } catch (Refused e) {
            answer.completeExceptionally(new FetchFailedException(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            // Not its message: it may quote the other side.
            answer.completeExceptionally(
                    new FetchFailedException("failed, " + e.getClass().getSimpleName()));
        } finally {
            // An error: whoever waits for an answer must not wait for ever.
            answer.completeExceptionally(new FetchFailedException("failed"));
        }
    }

    private byte[] body(ClassicHttpResponse response) throws IOException {
        if (response.getCode() != 200) {
            throw new Refused("status " + response.getCode() + " (expected: 200)");
        }
        if (response.getEntity() == null) {
            throw new Refused("no body (expected: one)");
        }
        try (InputStream in = response.getEntity().getContent()) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw new Refused("too large (expected: at most " + mostBytes + " bytes)");
            }
            return bytes;
        }
    }

    private CloseableHttpClient client() {
        Timeout timeout = Timeout.of(time);
        PoolingHttpClientConnectionManagerBuilder connections =
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(wire.dns)
                        .setSchemePortResolver(wire.ports)
                        .setDefaultTlsConfig(
                                TlsConfig.custom().setHandshakeTimeout(timeout).build())
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(timeout)
                                        .setSocketTimeout(timeout)
                                        .build());
        if (wire.tls != null) {
            connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(wire.tls));
        }
        HttpClientBuilder client =
                HttpClientBuilder.create()
                        .setConnectionManager(connections.build())
                        .setDefaultRequestConfig(
                                RequestConfig.custom().setResponseTimeout(timeout).build())
                        .setUserAgent("webhook-streams")
                        .disableRedirectHandling()
                        .disableAutomaticRetries()
                        .disableCookieManagement()
                        .disableAuthCaching()
                        .disableContentCompression();
        return wire.proxied ? client.useSystemProperties().build() : client.build();
    }

    /** Two at a time; they end by themselves, so that nobody has to close this. */
    private static Executor threads() {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(
                        2,
                        2,
                        1,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(MOST_WAITING),
                        task -> {
                            Thread thread = new Thread(task, "webhooks-fetch");
                            thread.setDaemon(true);
                            return thread;
                        });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Carries a reason out of the library, which knows no other exceptions. */
    private static final class Refused extends IOException {

        private static final long serialVersionUID = 1L;

        Refused(String reason) {
            super(reason);
        }
    }
}
