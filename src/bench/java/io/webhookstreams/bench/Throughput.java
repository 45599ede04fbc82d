/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Closed and open loops against all systems. They are started and warmed once; then they take turns
 * in every round, and whoever does not have the turn is halted (SIGSTOP), so that what the machine
 * does besides falls on all of them.
 */
final class Throughput {

    private static final int STATED_RATE = 1_000;
    private static final int MOST_DOUBLINGS = 2;
    private static final double RISING = 1.05;

    /**
     * Of a system after the turns of all of its cases, with nothing to do.
     *
     * @param liveHeapBytes objects after a full collection
     * @param residentBytes memory of its processes before that
     */
    record Weight(long liveHeapBytes, long residentBytes) {}

    private interface Starter {
        RunningSystem start() throws Exception;
    }

    private final Plan plan;
    private final Load load;
    private final Map<Integer, Message> messages;
    private final Map<String, Starter> starters = new LinkedHashMap<>();
    private final Map<String, RunningSystem> running = new LinkedHashMap<>();
    private final Map<String, CaseFigures> figures = new LinkedHashMap<>();
    private final Map<String, Weight> weights = new LinkedHashMap<>();
    private final long start = System.nanoTime();

    Throughput(Plan plan, Systems systems, Load load, Map<Integer, Message> messages) {
        this.plan = plan;
        this.load = load;
        this.messages = messages;
        starters.put("ceiling", systems::ceiling);
        starters.put("accept", () -> systems.source("accept", "rocksdb", 100, 1536));
        starters.put("100-rocksdb", () -> systems.source("checkpoint", "rocksdb", 100, 3072));
        starters.put("100-ids", () -> systems.sourceWithIds(100, 3072));
        starters.put("100-heap", () -> systems.source("checkpoint", "hashmap", 100, 3072));
        starters.put("10-rocksdb", () -> systems.source("checkpoint", "rocksdb", 10, 1536));
        starters.put("10-heap", () -> systems.source("checkpoint", "hashmap", 10, 1536));
        starters.put("1000-rocksdb", () -> systems.source("checkpoint", "rocksdb", 1000, 2560));
        starters.put("job", () -> systems.job(100));
        starters.put("flume", systems::flume);
        starters.put("kafka", () -> systems.kafka(100));
        starters.put("camel", systems::camel);
    }

    private static List<Case> cases() {
        Case ceiling = Case.of("ceiling", "ceiling", 0);
        Case ours = Case.of("ours, 100 ms, RocksDB", "100-rocksdb", 100);
        return List.of(
                ceiling,
                Case.of("ours, accept", "accept", 0),
                Case.of("ours, 10 ms, heap", "10-heap", 10),
                Case.of("ours, 10 ms, RocksDB", "10-rocksdb", 10),
                Case.of("ours, 100 ms, heap", "100-heap", 100),
                ours,
                Case.of("ours, 100 ms, RocksDB, own ids", "100-ids", 100).withIds(),
                Case.of("ours, 1 s, RocksDB", "1000-rocksdb", 1000),
                Case.of("ours, whole job, 100 ms", "job", 100).withIds(),
                ceiling.over1(),
                ours.over1(),
                ceiling.withBody(16),
                ours.withBody(16),
                ceiling.withBody(256),
                ours.withBody(256),
                Case.blocking("Flume, file channel, HTTP/1.1", "flume"),
                Case.of("HTTP → Kafka → Flink", "kafka", 0),
                Case.blocking("Camel, HTTP → file, HTTP/1.1", "camel"));
    }

    /** By name of the case, in the tables' order. */
    Map<String, CaseFigures> measure() throws Exception {
        for (Case each : cases()) {
            if (plan.hasSystem(each.system())) {
                figures.put(each.name(), new CaseFigures(each));
            }
        }
        try {
            for (String system : starters.keySet()) {
                if (plan.hasSystem(system)) {
                    startAndWarm(system);
                }
            }
            turns();
            weigh();
        } finally {
            for (RunningSystem system : running.values()) {
                system.close();
            }
        }
        return figures;
    }

    /**
     * What goals rest on has a further round of everything. That of the closed loops comes last,
     * and only if there is time: it is the one of most turns, and its median has two already.
     */
    private void turns() throws Exception {
        for (int round = 0; round < plan.roundsOfAll(); round++) {
            round(each -> true);
        }
        openLoops(false, each -> each.measured().atStatedRate());
        openLoops(true, each -> true);
        for (int round = 1; round < plan.latencyRounds(); round++) {
            openLoops(true, each -> Goals.restOnTimeOf(each.measured().name()));
        }
        for (int round = plan.roundsOfAll(); round < plan.rounds() && inBudget(); round++) {
            round(each -> Goals.restOn(each.measured().name()));
        }
    }

    private boolean inBudget() {
        return (System.nanoTime() - start) / 1_000_000_000 < plan.budgetSeconds();
    }

    private void startAndWarm(String key) throws Exception {
        List<CaseFigures> cases = casesOf(key);
        try {
            RunningSystem system = starters.get(key).start();
            running.put(key, system);
            Case first = cases.get(0).measured();
            int inFlight = first.inFlight(ceilingOf(first), Double.NaN);
            Load.Result warm =
                    turn(
                            system,
                            first,
                            LoadSpec.closed(
                                    first.http2(),
                                    first.bounded(inFlight),
                                    1,
                                    plan.warmUpSeconds()));
            for (CaseFigures each : cases) {
                searchOrFail(system, each, warm.checkpoints().durationMillis());
            }
        } catch (Exception e) {
            Progress.say(key + ": " + e);
            cases.forEach(each -> each.failed(String.valueOf(e.getMessage())));
        }
        if (running.containsKey(key)) {
            running.get(key).pause();
        }
    }

    /** A load that fails takes its own case with it, and no other of the system. */
    private void searchOrFail(RunningSystem system, CaseFigures each, double checkpointMillis)
            throws Exception {
        try {
            search(system, each, checkpointMillis);
        } catch (java.io.IOException e) {
            Progress.say(each.measured().name() + ": " + e);
            if (!system.isAlive()) {
                throw e;
            }
            each.failed(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Twice as many in flight again, twice at most and as long as that brings more; or the best of
     * the case's candidates. What is chosen so far is measured once more after each step, and
     * candidates upwards and downwards, because code that still warms up would make every later
     * measurement the better one.
     */
    private void search(RunningSystem system, CaseFigures each, double checkpointMillis)
            throws Exception {
        Case measured = each.measured();
        double ceiling = ceilingOf(measured);
        List<Integer> candidates =
                measured.candidates(measured.inFlight(ceiling, checkpointMillis));
        int chosen =
                candidates.size() > 1
                        ? bestOf(candidates, system, measured)
                        : doubled(candidates.get(0), system, measured);
        each.chooseInFlight(chosen, measured.isCapped(ceiling, checkpointMillis));
    }

    private int doubled(int first, RunningSystem system, Case measured) throws Exception {
        int chosen = first;
        double best = searched(system, measured, chosen);
        for (int step = 0; step < MOST_DOUBLINGS; step++) {
            int next = measured.bounded(2 * chosen);
            if (next == chosen) {
                break;
            }
            double more = searched(system, measured, next);
            best = searched(system, measured, chosen);
            if (more < best * RISING) {
                break;
            }
            chosen = next;
            best = more;
        }
        peaks.put(measured.name(), best);
        return chosen;
    }

    private int bestOf(List<Integer> candidates, RunningSystem system, Case measured)
            throws Exception {
        Map<Integer, Double> sums = new LinkedHashMap<>();
        for (int each : candidates) {
            sums.put(each, searched(system, measured, each));
        }
        for (int i = candidates.size() - 1; i >= 0; i--) {
            sums.merge(
                    candidates.get(i), searched(system, measured, candidates.get(i)), Double::sum);
        }
        int best = mostWithFewest(sums);
        peaks.put(measured.name(), sums.get(best) / 2);
        return best;
    }

    /** The key of the largest value; a larger key must bring more by {@link #RISING} each time. */
    static int mostWithFewest(Map<Integer, Double> ascending) {
        int best = ascending.keySet().iterator().next();
        for (Map.Entry<Integer, Double> each : ascending.entrySet()) {
            if (each.getValue() > ascending.get(best) * RISING) {
                best = each.getKey();
            }
        }
        return best;
    }

    private double searched(RunningSystem system, Case measured, int inFlight) throws Exception {
        LoadSpec spec = LoadSpec.closed(measured.http2(), inFlight, 1, plan.searchSeconds());
        Load.Result result = turn(system, measured, spec);
        Progress.say(
                "%s, %d in flight: %.0f/s, others %d",
                measured.name(), inFlight, result.perSecond(), result.others());
        return result.perSecond();
    }

    /** Of the search: the ceiling's serves to choose the others' number in flight. */
    private final Map<String, Double> peaks = new HashMap<>();

    private double ceilingOf(Case each) {
        return peaks.getOrDefault(
                ceilingName(each),
                peaks.getOrDefault("ceiling", each.http2() ? 30_000.0 : 20_000.0));
    }

    private static String ceilingName(Case each) {
        if (each.kibibytes() > 1) {
            return "ceiling, " + each.kibibytes() + " KB";
        }
        return each.http2() ? "ceiling" : "ceiling, HTTP/1.1";
    }

    private void round(Predicate<CaseFigures> which) throws Exception {
        Map<String, Double> ceilings = new HashMap<>();
        for (CaseFigures each : working(which)) {
            Case measured = each.measured();
            LoadSpec spec =
                    LoadSpec.closed(measured.http2(), each.inFlight(), 1, plan.turnSeconds());
            Load.Result result = inTurn(each, spec);
            if (result != null) {
                each.add(result);
                ceilings.put(measured.name(), result.perSecond());
                Progress.say("%s: %.0f/s", measured.name(), result.perSecond());
                double ceiling = ceilings.getOrDefault(ceilingName(measured), Double.NaN);
                each.addRatio(result.perSecond() / ceiling);
            }
        }
    }

    private List<CaseFigures> working(Predicate<CaseFigures> which) {
        return figures.values().stream()
                .filter(each -> each.problem().isEmpty())
                .filter(which)
                .toList();
    }

    private void openLoops(boolean half, Predicate<CaseFigures> which) throws Exception {
        for (CaseFigures each : working(which)) {
            int rate = half ? (int) (each.perSecond().median() / 2) : STATED_RATE;
            openLoop(each, half, Math.max(1, rate));
        }
    }

    private void openLoop(CaseFigures each, boolean half, int rate) throws Exception {
        Case measured = each.measured();
        int drain = 1 + (measured.intervalMillis() + 999) / 1000;
        LoadSpec spec = LoadSpec.open(measured.http2(), rate, 2, plan.turnSeconds(), drain);
        Load.Result result = inTurn(each, spec);
        if (result != null) {
            each.add(
                    new CaseFigures.OpenLoop(
                            half,
                            rate,
                            result.perSecond(),
                            result.others(),
                            result.latencies(),
                            result.checkpoints()));
            Progress.say(
                    "%s at %d/s (answered %.0f/s, others %d): p50 %.1f ms, p99 %.1f ms",
                    measured.name(),
                    rate,
                    result.perSecond(),
                    result.others(),
                    result.latencies().p50(),
                    result.latencies().p99());
        }
    }

    /** Null, and the case is given up, if the system or the load fails. */
    private Load.Result inTurn(CaseFigures each, LoadSpec spec) throws Exception {
        RunningSystem system = running.get(each.measured().system());
        try {
            system.resume();
            return turn(system, each.measured(), spec);
        } catch (java.io.IOException e) {
            Progress.say(each.measured().name() + ": " + e);
            each.failed(String.valueOf(e.getMessage()));
            return null;
        } finally {
            system.pause();
        }
    }

    private Load.Result turn(RunningSystem system, Case each, LoadSpec spec) throws Exception {
        Message message = messages.get(each.kibibytes());
        Load.Result result =
                each.ids()
                        ? load.runWithIds(system, SourceServer.PATH, message, spec)
                        : load.run(system, SourceServer.PATH, message, spec);
        long quiet = system.quiesce();
        if (quiet > 1_000) {
            Progress.say("%s: quiet after %d ms", each.name(), quiet);
        }
        if (!system.isAlive()) {
            throw new java.io.IOException("the system has ended");
        }
        return result;
    }

    private void weigh() throws Exception {
        for (Map.Entry<String, RunningSystem> entry : running.entrySet()) {
            RunningSystem system = entry.getValue();
            if (system.isAlive()) {
                system.resume();
                long resident = system.residentBytes();
                weights.put(entry.getKey(), new Weight(system.liveHeapBytes(), resident));
                system.pause();
            }
        }
    }

    /** Of the systems that are up in the end, by key. */
    Map<String, Weight> weights() {
        return weights;
    }

    private List<CaseFigures> casesOf(String system) {
        List<CaseFigures> cases = new ArrayList<>();
        for (CaseFigures each : figures.values()) {
            if (each.measured().system().equals(system)) {
                cases.add(each);
            }
        }
        return cases;
    }
}
