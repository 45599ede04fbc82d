/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import java.time.Duration;

/**
 * One fault of a plan.
 *
 * @param number 1 for the first
 * @param calm load without a fault before this one
 * @param target which process, modulo how many there are
 * @param parallelism of the job that is started, where this fault starts one
 * @param impatient the next fault does not wait until the job is well again
 */
record Step(
        int number,
        Duration calm,
        Fault fault,
        Moment moment,
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
                        moment,
                        target,
                        parallelism,
                        impatient ? ", impatient" : "");
    }
}
