/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.admission;

/**
 * While it is on, nothing new is admitted; what is already in flows on. Operators turn it on before
 * they stop a job for good. Any thread.
 */
public final class DrainSwitch {

    private volatile boolean draining;

    public boolean isDraining() {
        return draining;
    }

    public void drain() {
        draining = true;
    }

    public void resume() {
        draining = false;
    }
}
