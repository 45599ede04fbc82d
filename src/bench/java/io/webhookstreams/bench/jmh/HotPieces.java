/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench.jmh;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs them and prints each piece's time as a ratio to its class's {@code bare} with the same
 * parameters, least to most over the iterations.
 */
public final class HotPieces {

    private static final String BARE = "bare";

    /** Arguments: parts of the names of what to measure; all without. */
    public static void main(String[] arguments) throws Exception {
        Collection<RunResult> results = new Runner(options(arguments)).run();
        Map<String, RunResult> bare = new TreeMap<>();
        List<RunResult> pieces = new ArrayList<>();
        for (RunResult result : results) {
            if (method(result).equals(BARE)) {
                bare.put(group(result), result);
            } else {
                pieces.add(result);
            }
        }
        System.out.println("| piece | time / bare |");
        System.out.println("|---|---|");
        for (RunResult piece : pieces) {
            double unit = bare.get(group(piece)).getPrimaryResult().getScore();
            System.out.printf(
                    "| %s, %s | %.2f (%.2f–%.2f) |%n",
                    group(piece),
                    method(piece),
                    piece.getPrimaryResult().getScore() / unit,
                    piece.getPrimaryResult().getStatistics().getMin() / unit,
                    piece.getPrimaryResult().getStatistics().getMax() / unit);
        }
    }

    private static Options options(String[] parts) {
        OptionsBuilder options = new OptionsBuilder();
        for (String part : parts) {
            options.include(part);
        }
        return options.mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .build();
    }

    private static String method(RunResult result) {
        String name = result.getParams().getBenchmark();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String group(RunResult result) {
        BenchmarkParams parameters = result.getParams();
        return Stream.concat(
                        Stream.of(type(result)),
                        parameters.getParamsKeys().stream().sorted().map(parameters::getParam))
                .collect(Collectors.joining(", "));
    }

    private static String type(RunResult result) {
        String name = result.getParams().getBenchmark();
        String type = name.substring(0, name.lastIndexOf('.'));
        return type.substring(type.lastIndexOf('.') + 1);
    }

    private HotPieces() {}
}
