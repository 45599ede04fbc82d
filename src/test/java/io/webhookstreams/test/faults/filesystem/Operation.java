/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults.filesystem;

/** What a rule can match. */
public enum Operation {
    CREATE,
    WRITE,
    CLOSE,

    /** A finished file gets its name: how Flink publishes {@code _metadata} and a sink's file. */
    COMMIT,
    RENAME,
    DELETE
}
