/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.planted;

/**
 * One change of a source's text.
 *
 * @param source the file, from the repository's root
 * @param from stands in it exactly once: an edit that no longer fits fails the test that uses it
 */
public record Edit(String source, String from, String to) {

    String applyTo(String text) {
        int at = text.indexOf(from);
        if (at < 0 || text.indexOf(from, at + 1) >= 0) {
            throw new IllegalStateException(
                    "%s: «%s» stands there %s (expected: once)"
                            .formatted(source, from, at < 0 ? "nowhere" : "more than once"));
        }
        return text.substring(0, at) + to + text.substring(at + from.length());
    }
}
