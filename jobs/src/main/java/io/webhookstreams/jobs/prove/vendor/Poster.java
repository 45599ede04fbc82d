/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Posts bodies without waiting for answers. Over HTTP/2 all share one connection per endpoint. Safe
 * from any thread; completes on the executor's.
 *
 * <p>In clear the JDK's client comes to HTTP/2 by an upgrade, which servers grant to a request
 * without a body only. So the first request to an endpoint is a GET that is refused whatever
 * happens; the posts after it share its connection.
 */
final class Poster {

    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([a-z0-9_]+)\"");
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final int LONGEST_REASON = 120;

    private final HttpClient client;
    private final Duration timeout;
    private final Map<String, CompletableFuture<Answer>> upgrades = new ConcurrentHashMap<>();

    Poster(HttpClient.Version version, Duration timeout, Executor executor) {
        this.client =
                HttpClient.newBuilder()
                        .version(version)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .executor(executor)
                        .build();
        this.timeout = timeout;
    }

    /** Completes with the answer; never exceptionally. */
    CompletableFuture<Answer> post(URI to, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(to)
                        .timeout(timeout)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        if (client.version() == HttpClient.Version.HTTP_1_1 || to.getScheme().equals("https")) {
            return send(request.build());
        }
        String server = to.getAuthority();
        return upgrades.computeIfAbsent(server, fresh -> upgrade(to))
                .thenCompose(upgraded -> send(request.build()))
                .thenApply(answer -> forgetWhenSilent(server, answer));
    }

    private CompletableFuture<Answer> upgrade(URI to) {
        return send(HttpRequest.newBuilder(to.resolve("/")).timeout(CONNECT_TIMEOUT).GET().build());
    }

    private Answer forgetWhenSilent(String server, Answer answer) {
        if (answer instanceof Answer.Silence) {
            upgrades.remove(server);
        }
        return answer;
    }

    private CompletableFuture<Answer> send(HttpRequest request) {
        return client.sendAsync(request, Poster::bodyWhereRefused)
                .handle(
                        (response, failure) ->
                                failure == null ? answer(response) : silence(failure));
    }

    private static HttpResponse.BodySubscriber<String> bodyWhereRefused(
            HttpResponse.ResponseInfo response) {
        return response.statusCode() / 100 == 2
                ? HttpResponse.BodySubscribers.replacing("")
                : HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
    }

    private static Answer silence(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        String reason = cause.toString();
        boolean late =
                cause instanceof HttpTimeoutException
                        && !(cause instanceof HttpConnectTimeoutException);
        return new Answer.Silence(
                reason.substring(0, Math.min(reason.length(), LONGEST_REASON)), late);
    }

    private static Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return new Answer.Accepted(status, response.version());
        }
        Matcher code = CODE.matcher(response.body());
        return new Answer.Refused(
                status,
                code.find() ? Optional.of(code.group(1)) : Optional.empty(),
                response.headers().firstValue("Retry-After"));
    }
}
