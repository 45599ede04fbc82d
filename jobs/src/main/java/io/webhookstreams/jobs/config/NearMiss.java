/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the keys that someone who wrote an unknown one may have meant. */
final class NearMiss {

    private NearMiss() {}

    /** What to expect in place of an unknown key: the near misses, or else all. */
    static String expectation(String key, Collection<String> known) {
        List<String> near = near(key, known);
        return near.isEmpty() ? "one of " + String.join(", ", known) : String.join(" or ", near);
    }

    private static List<String> near(String key, Collection<String> known) {
        List<String> below = known.stream().filter(k -> k.startsWith(key + ".")).toList();
        if (!below.isEmpty()) {
            return below;
        }
        int farthest = Math.max(2, key.length() / 4);
        return known.stream()
                .filter(k -> distance(normal(key), normal(k)) <= farthest)
                .min(Comparator.comparingInt(k -> distance(normal(key), normal(k))))
                .stream()
                .toList();
    }

    private static String normal(String key) {
        return key.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Levenshtein's distance: characters to insert, delete or replace. */
    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
