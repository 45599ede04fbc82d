/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.Configuration;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All options of a source, not judged. Not to be changed.
 *
 * @param listener by the keys of {@link ListenerOptions}
 * @param source by the keys of {@link SourceOptions}
 * @param streams each stream's, by the keys of {@link StreamOptions}
 * @param problems what is wrong already: a key that is unknown, a file that is no YAML
 */
@PublicEvolving
public record SourceConfiguration(
        Configuration listener,
        Configuration source,
        Map<String, Configuration> streams,
        List<String> problems)
        implements Serializable {

    public SourceConfiguration {
        // Serializable, and in the order of the file.
        streams = new LinkedHashMap<>(streams);
        problems = List.copyOf(problems);
    }
}
