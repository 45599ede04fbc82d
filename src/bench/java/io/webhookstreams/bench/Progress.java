/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import com.google.errorprone.annotations.FormatMethod;

import java.util.Locale;

/** What is going on, on standard error. */
final class Progress {

    private static final long START = System.nanoTime();

    @FormatMethod
    static void say(String format, Object... arguments) {
        say(String.format(Locale.ROOT, format, arguments));
    }

    static void say(String text) {
        System.err.println((System.nanoTime() - START) / 1_000_000_000 + " s  " + text);
    }

    private Progress() {}
}
