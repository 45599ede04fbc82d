/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Posts a body with a bearer token, once, and waits for the answer. Safe from any thread.
 *
 * <p>In clear the JDK's client comes to HTTP/2 by an upgrade, which servers grant to a request
 * without a body only. So the first request to an endpoint is a GET that is refused whatever
 * happens; the posts after it share its connection.
 */
final class Poster {

    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([a-z0-9_]+)\"");
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient client;
    private final String token;
    private final Duration timeout;
    private final Set<URI> upgraded = new HashSet<>();

    Poster(HttpClient.Version version, String token, Duration timeout) {
        this.client =
                HttpClient.newBuilder().version(version).connectTimeout(CONNECT_TIMEOUT).build();
        this.token = token;
        this.timeout = timeout;
    }

    Answer post(URI to, byte[] body) throws InterruptedException {
        if (client.version() == HttpClient.Version.HTTP_2) {
            upgrade(to);
        }
        Answer answer = send(request(to, body));
        if (answer instanceof Answer.Silence) {
            forget(to);
        }
        return answer;
    }

    private HttpRequest request(URI to, byte[] body) {
        return HttpRequest.newBuilder(to)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    /** The other threads wait meanwhile, or each would open a connection of its own. */
    private synchronized void upgrade(URI to) throws InterruptedException {
        if (!upgraded.contains(to)) {
            URI root = to.resolve("/");
            Answer answer =
                    send(HttpRequest.newBuilder(root).timeout(CONNECT_TIMEOUT).GET().build());
            if (!(answer instanceof Answer.Silence)) {
                upgraded.add(to);
            }
        }
    }

    private synchronized void forget(URI to) {
        upgraded.remove(to);
    }

    private Answer send(HttpRequest request) throws InterruptedException {
        try {
            return answer(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException none) {
            return new Answer.Silence(none.toString());
        }
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
