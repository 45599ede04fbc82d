/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

/** What an operator sees of one reader. */
public record ReaderStatus(
        String source,
        ConfigurationStatus configuration,
        int subtask,
        Intake.Status status,
        int lanes,
        long pendingDeliveries,
        long pendingBytes) {}
