/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

/** How a server under test tells the benchmark where it listens: one line on standard output. */
final class Ready {

    static final String PREFIX = "listening ";

    static void announce(String url) {
        System.out.println(PREFIX + url);
        System.out.flush();
    }

    private Ready() {}
}
