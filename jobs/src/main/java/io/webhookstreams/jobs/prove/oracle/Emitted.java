/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import java.nio.file.Path;

/** One record of the sink's files, with its place in its lane and the file that it stands in. */
public record Emitted(String eventId, int lane, long sequence, Path file) {}
