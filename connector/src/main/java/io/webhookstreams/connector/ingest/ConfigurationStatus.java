/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

/**
 * Which configuration a source goes by in this JVM.
 *
 * @param version the number of the one in force; 0 where it is not reloaded, -1 before there is any
 * @param wanted the newest that a reader has told of; greater than {@code version} while that one
 *     cannot be used here
 */
public record ConfigurationStatus(long version, long wanted) {

    static final ConfigurationStatus NONE = new ConfigurationStatus(-1, -1);

    public boolean isBehind() {
        return wanted > version;
    }
}
