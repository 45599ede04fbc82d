/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import java.util.Map;
import java.util.TreeMap;

/** Where the live readers listen and what they hold. Never state: readers introduce themselves. */
final class EndpointDirectory {

    private final Map<Integer, ReaderHello> readers = new TreeMap<>();

    void put(int subtask, ReaderHello hello) {
        readers.put(subtask, hello);
    }

    void remove(int subtask) {
        readers.remove(subtask);
    }

    int size() {
        return readers.size();
    }

    /** By subtask. */
    Map<Integer, ReaderHello> readers() {
        return Map.copyOf(readers);
    }
}
