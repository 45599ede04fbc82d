/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an {@link Oracle} found. All lists but the last are empty when the promise was kept.
 *
 * @param lost answered 2xx and not in the files
 * @param duplicated more than once in the files
 * @param invented in the files and never sent
 * @param unexplained answers that the table of answers does not have
 * @param outOfOrder records that stand behind a later one of their lane
 * @param changed records whose body is not the one that was sent
 * @param unreadable lines of the files that are no JSON
 * @param lostApart of streams of tier {@code accept}: answered 2xx and not in the files, which
 *     their tier allows
 */
public record Verdict(
        List<String> lost,
        List<String> duplicated,
        List<String> invented,
        List<String> unexplained,
        List<String> outOfOrder,
        List<String> changed,
        List<String> unreadable,
        List<String> lostApart) {

    private static final int SHOWN = 10;

    /** What breaks the promise, by name: the same order always, the empty lists too. */
    public Map<String, List<String>> violations() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        all.put("lost", lost);
        all.put("duplicated", duplicated);
        all.put("invented", invented);
        all.put("changed", changed);
        all.put("unreadable", unreadable);
        all.put("unexplained", unexplained);
        all.put("out of order", outOfOrder);
        return all;
    }

    public boolean isClean() {
        return violations().values().stream().allMatch(List::isEmpty);
    }

    @Override
    public String toString() {
        return violations().entrySet().stream()
                .map(e -> show(e.getKey(), e.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String show(String what, List<String> all) {
        return "%s: %d (expected: 0) %s".formatted(what, all.size(), first(all));
    }

    /** The first few, for a line of text. */
    public static String first(List<String> all) {
        String first = all.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return all.size() > SHOWN ? first + ", …" : first;
    }
}
