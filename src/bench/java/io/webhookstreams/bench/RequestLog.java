/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What h2load logged: every request that ended, in the order in which they were sent. */
record RequestLog(List<Ended> requests) {

    /**
     * A request that ended.
     *
     * @param startMicros when it was sent, in microseconds since 1970
     * @param status of its answer; -1 where the connection ended instead
     * @param durationMicros until it ended
     */
    record Ended(long startMicros, int status, long durationMicros) {

        boolean isAcknowledged() {
            return status / 100 == 2;
        }
    }

    RequestLog {
        requests = requests.stream().sorted(Comparator.comparingLong(Ended::startMicros)).toList();
    }

    /** Start, status and duration are the first columns of a line. */
    static RequestLog read(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return new RequestLog(lines.map(RequestLog::ended).toList());
        }
    }

    private static Ended ended(String line) {
        String[] fields = line.split("\t", -1);
        return new Ended(
                Long.parseLong(fields[0]), Integer.parseInt(fields[1]), Long.parseLong(fields[2]));
    }
}
