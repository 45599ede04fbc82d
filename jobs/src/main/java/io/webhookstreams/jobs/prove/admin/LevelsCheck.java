/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.admin;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges whether listeners are back at the levels that they had before the load. One that does not
 * listen any more holds nothing. Assumes: nobody else posts to them meanwhile.
 */
public final class LevelsCheck {

    private final Map<AdminPort, Levels> before;

    private LevelsCheck(Map<AdminPort, Levels> before) {
        this.before = before;
    }

    /**
     * Asks for the levels before the load.
     *
     * @throws IOException if one of them does not answer
     */
    public static LevelsCheck before(List<AdminPort> ports)
            throws IOException, InterruptedException {
        Map<AdminPort, Levels> levels = new LinkedHashMap<>();
        for (AdminPort port : ports) {
            levels.put(port, answered(port));
        }
        return new LevelsCheck(levels);
    }

    private static Levels answered(AdminPort port) throws IOException, InterruptedException {
        try {
            return port.levels();
        } catch (ConnectException nobodyListens) {
            throw new IOException(port.url() + ": nobody listens", nobodyListens);
        }
    }

    /** What is wrong now; empty when nothing is. */
    public List<String> problems() throws InterruptedException {
        List<String> problems = new ArrayList<>();
        int gone = 0;
        for (Map.Entry<AdminPort, Levels> port : before.entrySet()) {
            try {
                port.getKey()
                        .levels()
                        .above(port.getValue())
                        .forEach(problem -> problems.add(port.getKey().url() + ": " + problem));
            } catch (ConnectException nobodyListens) {
                gone++;
            } catch (IOException e) {
                problems.add(port.getKey().url() + ": " + e + " (expected: its status)");
            }
        }
        if (gone > 0 && gone == before.size()) {
            problems.add("admin ports: none listens (expected: at least one)");
        }
        return problems;
    }
}
