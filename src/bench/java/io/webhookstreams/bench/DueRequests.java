/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import org.HdrHistogram.Histogram;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What became of the requests that were due in the measured time of an open loop, whether the load
 * could send them then or not (coordinated omission).
 *
 * @param acknowledged answered with 2xx
 * @param others answered with another status, or not answered when the load ended
 * @param latencies from when a request was due, or was sent if that was earlier, to its 2xx. One
 *     without an answer counts as if it had come when the load ended: at least so long
 */
record DueRequests(long acknowledged, long others, Latencies latencies) {

    /**
     * The rate is the one that was asked for. Each connection sends its first request when it is
     * open, the next ones are due at its rate from then on. The log does not name connections:
     * whatever ended, and however, takes its place in the order.
     */
    static DueRequests of(RequestLog log, LoadSpec spec) {
        List<RequestLog.Ended> ended = log.requests();
        if (ended.isEmpty()) {
            return new DueRequests(0, Math.round(spec.rate() * spec.seconds()), Latencies.NONE);
        }
        double first = ended.get(0).startMicros();
        double from = first + spec.warmUpSeconds() * 1e6;
        double to = from + spec.seconds() * 1e6;
        double end = to + spec.drainSeconds() * 1e6;
        Histogram histogram = new Histogram(3);
        long acknowledged = 0;
        long others = 0;
        double[] due = due(ended, spec, to);
        for (int i = 0; i < due.length; i++) {
            if (due[i] < from) {
                continue;
            }
            if (i >= ended.size()) {
                histogram.recordValue(Math.round(end - due[i]));
                others++;
            } else if (ended.get(i).isAcknowledged()) {
                double late = Math.max(0, ended.get(i).startMicros() - due[i]);
                histogram.recordValue(ended.get(i).durationMicros() + Math.round(late));
                acknowledged++;
            } else {
                others++;
            }
        }
        return new DueRequests(acknowledged, others, Latencies.of(histogram));
    }

    /** When requests are due before that time, in microseconds since 1970, in their order. */
    private static double[] due(List<RequestLog.Ended> ended, LoadSpec spec, double to) {
        int connections = Math.min(spec.connections(), ended.size());
        double period = 1e6 / spec.ratePerConnection();
        return ended.stream()
                .limit(connections)
                .mapToDouble(RequestLog.Ended::startMicros)
                .flatMap(
                        opened ->
                                DoubleStream.iterate(opened, due -> due < to, due -> due + period))
                .sorted()
                .toArray();
    }
}
