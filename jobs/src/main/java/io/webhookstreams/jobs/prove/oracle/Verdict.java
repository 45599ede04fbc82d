/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an {@link Oracle} found. All lists are empty when the promise was kept.
 *
 * @param lost answered 2xx and not in the files
 * @param duplicated more than once in the files
 * @param invented in the files and never sent
 * @param unexplained answers that the table of answers does not have
 * @param outOfOrder records that stand in a file behind a later one of their lane
 */
public record Verdict(
        List<String> lost,
        List<String> duplicated,
        List<String> invented,
        List<String> unexplained,
        List<String> outOfOrder) {

    private static final int SHOWN = 10;

    public boolean isClean() {
        return Stream.of(lost, duplicated, invented, unexplained, outOfOrder)
                .allMatch(List::isEmpty);
    }

    @Override
    public String toString() {
        return Stream.of(
                        show("lost", lost),
                        show("duplicated", duplicated),
                        show("invented", invented),
                        show("unexplained", unexplained),
                        show("out of order", outOfOrder))
                .collect(Collectors.joining("\n"));
    }

    private static String show(String what, List<String> all) {
        String first = all.stream().limit(SHOWN).collect(Collectors.joining(", "));
        String rest = all.size() > SHOWN ? ", …" : "";
        return "%s: %d (expected: 0) %s%s".formatted(what, all.size(), first, rest);
    }
}
