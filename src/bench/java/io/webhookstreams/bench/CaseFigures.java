/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.util.ArrayList;
import java.util.List;

/** Everything that was measured of one case, a value a round. */
final class CaseFigures {

    private final Case measured;
    private int inFlight;
    private boolean capped;
    private long others;
    private final List<Double> perSecond = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private final List<CheckpointFigures> checkpoints = new ArrayList<>();
    private final List<OpenLoop> openLoops = new ArrayList<>();
    private String problem = "";

    /**
     * Times to answer at one rate.
     *
     * @param half at half of the peak rate, else at the stated one
     * @param answeredPerSecond with 2xx, of the requests that were due
     * @param others of them, answered otherwise or not at all
     */
    record OpenLoop(
            boolean half,
            int rate,
            double answeredPerSecond,
            long others,
            Latencies latencies,
            CheckpointFigures checkpoints) {}

    CaseFigures(Case measured) {
        this.measured = measured;
    }

    Case measured() {
        return measured;
    }

    /**
     * Before its turns.
     *
     * @param fewer than the interval asks for, because more are not allowed
     */
    void chooseInFlight(int chosen, boolean fewer) {
        inFlight = chosen;
        capped = fewer;
    }

    boolean isCapped() {
        return capped;
    }

    int inFlight() {
        return inFlight;
    }

    void add(Load.Result result) {
        perSecond.add(result.perSecond());
        others += result.others();
        checkpoints.add(result.checkpoints());
    }

    /** Ratio to the ceiling of the same round. */
    void addRatio(double ratio) {
        ratios.add(ratio);
    }

    void add(OpenLoop openLoop) {
        openLoops.add(openLoop);
    }

    void failed(String text) {
        problem = text;
    }

    String problem() {
        return problem;
    }

    /** In the closed loops. */
    long others() {
        return others;
    }

    Samples perSecond() {
        return new Samples(perSecond);
    }

    Samples ratios() {
        return new Samples(ratios);
    }

    /** This case's rate over the other's, round by round. */
    Samples over(CaseFigures other) {
        List<Double> quotients = new ArrayList<>();
        for (int i = 0; i < Math.min(perSecond.size(), other.perSecond.size()); i++) {
            quotients.add(perSecond.get(i) / other.perSecond.get(i));
        }
        return new Samples(quotients);
    }

    List<OpenLoop> openLoops(boolean half) {
        return openLoops.stream().filter(loop -> loop.half() == half).toList();
    }

    Samples checkpointMillis() {
        return new Samples(checkpoints.stream().map(CheckpointFigures::durationMillis).toList());
    }

    Samples stateBytesPerSecond() {
        return new Samples(checkpoints.stream().map(CheckpointFigures::bytesPerSecond).toList());
    }
}
