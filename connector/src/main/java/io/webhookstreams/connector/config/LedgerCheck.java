/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.connector.PolicyOptions;
import io.webhookstreams.connector.PolicyOptions.Policy;

import org.apache.flink.configuration.Configuration;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether the source's schema can write the ledgers that its streams are to keep. */
public final class LedgerCheck {

    private LedgerCheck() {}

    /** One line for each stream with a ledger, where the schema emits no records of shed events. */
    public static List<String> problems(Map<String, Configuration> streams, boolean emitsShed) {
        return emitsShed
                ? List.of()
                : new TreeMap<>(streams)
                        .entrySet().stream()
                                .filter(stream -> keepsLedger(stream.getValue()))
                                .map(stream -> problem(stream.getKey()))
                                .toList();
    }

    /** A value that is none is a problem of the options, which their resolver tells. */
    private static boolean keepsLedger(Configuration stream) {
        try {
            return stream.get(PolicyOptions.POLICY) == Policy.SHED
                    && stream.get(PolicyOptions.SHED_LEDGER);
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    private static String problem(String stream) {
        return "streams.%s.%s: true (expected: false with this deserializer, which emits no records of shed events; or one that does, such as WebhookDeserializationSchema.deliveries())"
                .formatted(stream, PolicyOptions.SHED_LEDGER.key());
    }
}
