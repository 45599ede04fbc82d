/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.util.ArrayList;
import java.util.List;

/** What Flink asks of a Java 17 virtual machine. */
final class JvmOptions {

    static final List<String> OPENS = opens();

    private static List<String> opens() {
        List<String> options = new ArrayList<>();
        for (String name :
                List.of(
                        "java.lang",
                        "java.net",
                        "java.io",
                        "java.nio",
                        "sun.nio.ch",
                        "java.lang.reflect",
                        "java.text",
                        "java.time",
                        "java.util",
                        "java.util.concurrent",
                        "java.util.concurrent.atomic",
                        "java.util.concurrent.locks")) {
            options.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
        }
        return List.copyOf(options);
    }

    private JvmOptions() {}
}
