/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Weighs a JVM from outside, with the JDK's {@code jcmd}. */
public final class LiveHeap {

    private LiveHeap() {}

    /** Bytes that live objects take in the JVM of that process, after a full collection. */
    public static long bytesOf(long pid) throws IOException, InterruptedException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram");
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException(command + ": " + histogram);
        }
        String total = histogram.substring(histogram.lastIndexOf("Total"));
        return Long.parseLong(total.trim().split("\\s+", -1)[2]);
    }
}
