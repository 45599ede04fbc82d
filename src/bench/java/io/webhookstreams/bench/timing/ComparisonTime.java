/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench.timing;

import io.webhookstreams.auth.AuthRequest;
import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.Decision;
import io.webhookstreams.auth.Denied;
import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.auth.SecretUnavailableException;
import io.webhookstreams.auth.Verifier;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Times refusals of two credentials in random order: one that is wrong in its first character, one
 * in its last. Welch's t over what remains below the 90th percentile tells whether their means
 * differ, as in dudect (Reparaz, Balasch, Verbauwhede: "Dude, is my code constant time?", 2017),
 * with its threshold. Leave the machine alone meanwhile.
 */
public final class ComparisonTime {

    private static final String KEY = "a-secret-of-the-comparison-benchmark";
    private static final byte[] BODY = "{\"id\":\"evt_1\"}".getBytes(StandardCharsets.UTF_8);
    private static final int WARM_UP = 200_000;
    private static final int TIMES = 1_000_000;
    private static final double KEPT = 0.9;
    private static final double THRESHOLD = 10;

    private final Verifier verifier;
    private final AuthRequest[] wrong;
    private int denials;

    private ComparisonTime(String type, String header) throws SecretUnavailableException {
        AuthSettings settings = AuthSettings.of(type, SecretRef.parse("env:KEY"));
        LocalSecrets secrets = new LocalSecrets(Path.of(""), name -> KEY);
        verifier = AuthSchemes.verifier(settings, secrets);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(AuthSchemes.signer(settings, secrets).sign(BODY, Instant.EPOCH));
        String right = headers.get(header);
        int first = Math.max(right.indexOf('='), right.indexOf(' ')) + 1;
        wrong =
                new AuthRequest[] {
                    new Sent(header, changed(right, first)),
                    new Sent(header, changed(right, right.length() - 1))
                };
    }

    public static void main(String[] arguments) throws SecretUnavailableException {
        Map<String, String> headers =
                Map.of("bearer", "authorization", "github", "x-hub-signature-256");
        boolean tells = false;
        System.out.println("| type | t, wrong at the start against wrong at the end |");
        System.out.println("|---|---|");
        for (Map.Entry<String, String> type : headers.entrySet()) {
            double t = new ComparisonTime(type.getKey(), type.getValue()).measure();
            tells |= Math.abs(t) > THRESHOLD;
            System.out.printf(Locale.ROOT, "| %s | %.1f |%n", type.getKey(), t);
        }
        System.out.printf(Locale.ROOT, "Above %.0f either way, the time tells.%n", THRESHOLD);
        System.exit(tells ? 1 : 0);
    }

    private double measure() {
        Random random = new Random();
        run(random, WARM_UP);
        long[][] times = run(random, TIMES);
        if (denials != WARM_UP + TIMES) {
            throw new IllegalStateException(denials + " denials (expected: of every request)");
        }
        return welch(cropped(times[0]), cropped(times[1]));
    }

    private long[][] run(Random random, int count) {
        long[][] times = new long[2][count];
        int[] sizes = new int[2];
        for (int i = 0; i < count; i++) {
            int which = random.nextInt(2);
            long start = System.nanoTime();
            Decision decision = verifier.verify(wrong[which]);
            times[which][sizes[which]++] = System.nanoTime() - start;
            denials += decision instanceof Denied ? 1 : 0;
        }
        return new long[][] {Arrays.copyOf(times[0], sizes[0]), Arrays.copyOf(times[1], sizes[1])};
    }

    /** Interrupts and collections are in the slowest. */
    private static double[] cropped(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return Arrays.stream(sorted, 0, (int) (sorted.length * KEPT)).asDoubleStream().toArray();
    }

    private static double welch(double[] one, double[] other) {
        double meanOne = Arrays.stream(one).average().orElseThrow();
        double meanOther = Arrays.stream(other).average().orElseThrow();
        double error =
                variance(one, meanOne) / one.length + variance(other, meanOther) / other.length;
        return (meanOne - meanOther) / Math.sqrt(error);
    }

    private static double variance(double[] values, double mean) {
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
    }

    private static String changed(String text, int at) {
        char other = text.charAt(at) == '0' ? '1' : '0';
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    private record Sent(String header, String value) implements AuthRequest {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return "/in/bench";
        }

        @Override
        public String query() {
            return null;
        }

        @Override
        public List<String> headers(String name) {
            return name.equalsIgnoreCase(header) ? List.of(value) : List.of();
        }

        @Override
        public byte[] body() {
            return BODY;
        }

        @Override
        public Instant receivedAt() {
            return Instant.EPOCH;
        }
    }
}
