/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.util.ArrayList;
import java.util.List;

/** Everything that was measured of one case, a value a round. */
final class CaseFigures {

    private final Case measured;
    private int inFlight;
    private long others;
    private final List<Double> perSecond = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private final List<CheckpointFigures> checkpoints = new ArrayList<>();
    private final List<OpenLoop> openLoops = new ArrayList<>();
    private double liveHeapBytes = Double.NaN;
    private double residentBytes = Double.NaN;
    private String problem = "";

    /**
     * Times to answer at one rate.
     *
     * @param half at half of the peak rate, else at the stated one
     */
    record OpenLoop(
            boolean half,
            int rate,
            double answeredPerSecond,
            Latencies latencies,
            CheckpointFigures checkpoints) {}

    CaseFigures(Case measured) {
        this.measured = measured;
    }

    Case measured() {
        return measured;
    }

    void chooseInFlight(int chosen) {
        inFlight = chosen;
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

    void add(OpenLoop openLoop, long otherAnswers) {
        openLoops.add(openLoop);
        others += otherAnswers;
    }

    void weigh(double live, double resident) {
        liveHeapBytes = live;
        residentBytes = resident;
    }

    void failed(String text) {
        problem = text;
    }

    String problem() {
        return problem;
    }

    long others() {
        return others;
    }

    double liveHeapBytes() {
        return liveHeapBytes;
    }

    double residentBytes() {
        return residentBytes;
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
