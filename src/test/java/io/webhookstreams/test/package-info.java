/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What needs several JVMs: a Flink cluster of separate processes, vendors that post to it, kills,
 * and an oracle that knows what must have come out.
 *
 * <ul>
 *   <li>{@code process}: child JVMs that are started, killed and never left behind.
 *   <li>{@code cluster}: a JobManager and TaskManagers from the jars on the class path, driven by
 *       REST and Flink's command line.
 *   <li>{@code system}: the tests that put these together.
 * </ul>
 *
 * The vendors, who keep a journal of every attempt, and the oracle, which judges journals and the
 * sink's finished files, are those of the job's command {@code prove}.
 */
package io.webhookstreams.test;
