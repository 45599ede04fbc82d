/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.test.faults.CrashInstant;

import java.time.Duration;
import java.util.Optional;

/**
 * One fault of a plan.
 *
 * @param number 1 for the first
 * @param calm load without a fault before this one
 * @param instant of a checkpoint at which it strikes; none for any time
 * @param target which process, modulo how many there are
 * @param parallelism of the job after this step
 * @param impatient the next fault does not wait until the job is well again
 */
record Step(
        int number,
        Duration calm,
        Fault fault,
        Optional<CrashInstant> instant,
        int target,
        int parallelism,
        boolean impatient) {

    @Override
    public String toString() {
        return "%3d. after %4d ms: %s, %s (target %d, parallelism %d%s)"
                .formatted(
                        number,
                        calm.toMillis(),
                        fault,
                        instant.map(CrashInstant::title).orElse("any time"),
                        target,
                        parallelism,
                        impatient ? ", impatient" : "");
    }
}
