/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Options of a stream whose refused requests are kept; see docs/debugging-signatures.md. */
@PublicEvolving
public final class CaptureOptions {

    public static final ConfigOption<String> DIRECTORY =
            ConfigOptions.key("capture.directory")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Where requests are [kept](debugging-signatures.md) whose signature was"
                                    + " refused, one file each in a folder of the stream's name, on"
                                    + " each TaskManager; signatures with them, tokens,"
                                    + " `Authorization` and cookies never. The files hold the"
                                    + " sender's data. Default: none are kept.");

    public static final ConfigOption<Integer> MAX_FILES =
            ConfigOptions.key("capture.max-files")
                    .intType()
                    .defaultValue(100)
                    .withDescription(
                            "How many are kept, up to 10000. No file is ever deleted: when there are"
                                    + " so many, no more are kept until somebody has removed some.");

    public static final ConfigOption<MemorySize> MAX_SIZE =
            ConfigOptions.key("capture.max-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription(
                            "How large they are together, up to 1 GiB. What would pass it is not"
                                    + " kept.");

    private CaptureOptions() {}
}
