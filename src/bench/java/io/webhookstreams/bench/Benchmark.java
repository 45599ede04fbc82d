/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.SecretRef;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures and writes the page. Ceiling and source take turns in every round, so that what the
 * machine does beside them falls on both; what is reported is the ratio of each round.
 */
public final class Benchmark {

    private static final int ROUNDS = 3;
    private static final int INTERVAL_MILLIS = 100;
    private static final List<Integer> IN_FLIGHT = List.of(10_000, 20_000, 40_000);
    private static final List<Integer> INTERVALS = List.of(50, 100, 250, 500, 1000);
    private static final int HELD = 20_000;
    private static final int HELD_ROUNDS = 2;
    private static final int STREAMS = 1_000;

    private final Path work;
    private final Path body;
    private final Path secret;
    private final List<String> headers;

    private Benchmark(Path work) throws Exception {
        this.work = work;
        this.body = Files.writeString(work.resolve("body.json"), oneKilobyteOfJson());
        this.secret = Files.writeString(work.resolve("secret"), "a-secret-of-the-benchmark");
        this.headers = signedHeaders();
    }

    /** Argument: the page to write. */
    public static void main(String[] arguments) throws Exception {
        Files.createDirectories(Path.of("target"));
        Benchmark benchmark = new Benchmark(Files.createTempDirectory("webhook-bench"));
        BenchmarkPage page = new BenchmarkPage();
        benchmark.throughput(page);
        benchmark.latency(page);
        benchmark.held(page);
        Files.writeString(Path.of(arguments[0]), page.text());
        System.out.println(page.text());
    }

    /**
     * Acknowledged requests a second beside the ceiling's, with more and more requests in flight.
     */
    private void throughput(BenchmarkPage page) throws Exception {
        Map<Integer, List<Double>> ratios = new TreeMap<>();
        long refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double ceiling = 0;
            try (ServerProcess server = ServerProcess.start(CeilingServer.class, heap())) {
                for (Load.Result result : closedLoops("ceiling", server).values()) {
                    ceiling = Math.max(ceiling, result.perSecond());
                }
            }
            try (ServerProcess server = source(INTERVAL_MILLIS)) {
                for (var result : closedLoops("source", server).entrySet()) {
                    refused += result.getValue().refused();
                    ratios.computeIfAbsent(result.getKey(), inFlight -> new ArrayList<>())
                            .add(result.getValue().perSecond() / ceiling);
                }
            }
        }
        page.throughput(INTERVAL_MILLIS, ROUNDS, ratios, refused);
    }

    /** By the number of requests in flight; the server is warm when it counts. */
    private Map<Integer, Load.Result> closedLoops(String what, ServerProcess server)
            throws Exception {
        String url = server.url() + SourceServer.PATH;
        warmUp(url, 25);
        Map<Integer, Load.Result> results = new TreeMap<>();
        for (int inFlight : IN_FLIGHT) {
            Load.Result result =
                    new Load(inFlight / STREAMS, STREAMS, 0, 4, 8).run(url, body, headers);
            progress(what + ", " + inFlight + " in flight", result.perSecond());
            results.put(inFlight, result);
        }
        return results;
    }

    /** What the compiler has not seen yet is slow: that is not what is measured. */
    private void warmUp(String url, int seconds) throws Exception {
        Load.Result unused = new Load(20, STREAMS, 0, 1, seconds).run(url, body, headers);
    }

    /** Time to answer at a stated rate well below the ceiling. */
    private void latency(BenchmarkPage page) throws Exception {
        Map<Integer, List<Percentiles>> byInterval = new TreeMap<>();
        for (int interval : INTERVALS) {
            try (ServerProcess server = source(interval)) {
                String url = server.url() + SourceServer.PATH;
                warmUp(url, 12);
                List<Percentiles> turns = new ArrayList<>();
                for (int turn = 0; turn < ROUNDS; turn++) {
                    turns.add(new Load(10, STREAMS, 100, 2, 10).run(url, body, headers).latency());
                    progress("p99 at " + interval + " ms", turns.get(turn).p99());
                }
                byInterval.put(interval, turns);
            }
        }
        page.latency(1_000, byInterval);
    }

    /** Heap of requests that no checkpoint has answered yet. */
    private void held(BenchmarkPage page) throws Exception {
        int interval = 20_000;
        List<Double> bytes = new ArrayList<>();
        long answered = 0;
        for (int round = 0; round < HELD_ROUNDS; round++) {
            try (ServerProcess server = source(interval)) {
                HeldRequests held = new HeldRequests(HELD, STREAMS, body, headers);
                HeldRequests.Figures figures = held.measure(server, SourceServer.PATH);
                bytes.add(figures.bytesPerRequest());
                answered += figures.answered();
                progress("bytes per held request", figures.bytesPerRequest());
            }
        }
        page.held(HELD, new Samples(bytes), answered / HELD_ROUNDS);
    }

    private ServerProcess source(int intervalMillis) throws Exception {
        return ServerProcess.start(
                SourceServer.class,
                heap(),
                Integer.toString(freePortPair()),
                Integer.toString(intervalMillis),
                Files.createTempDirectory(work, "data").toString(),
                secret.toString());
    }

    private static List<String> heap() {
        return List.of("-Xmx4g", "-Xms4g", "-XX:+UseParallelGC");
    }

    /** A port whose successor is free as well: for the listener and its health port. */
    private static int freePortPair() throws IOException {
        try (ServerSocket first = new ServerSocket(0)) {
            int port = first.getLocalPort();
            if (isFree(port + 1)) {
                return port;
            }
        }
        return freePortPair();
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        }
    }

    private List<String> signedHeaders() throws Exception {
        AuthSettings settings = AuthSettings.of("github", SecretRef.parse("file:" + secret));
        List<String> lines = new ArrayList<>(List.of("content-type: application/json"));
        AuthSchemes.signer(settings, LocalSecrets.below(Path.of("")))
                .sign(Files.readAllBytes(body), Instant.now())
                .forEach((name, value) -> lines.add(name + ": " + value));
        return lines;
    }

    private static String oneKilobyteOfJson() {
        String head =
                "{\"id\":\"evt_1\",\"type\":\"invoice.paid\",\"created\":1767225600,\"data\":\"";
        return head + "x".repeat(1024 - head.length() - 2) + "\"}";
    }

    private static void progress(String what, double figure) {
        System.err.printf("%s: %.1f%n", what, figure);
    }
}
