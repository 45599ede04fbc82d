/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What needs several JVMs: a Flink cluster of separate processes, vendors that post to it, kills,
 * and an oracle that knows what must have come out.
 *
 * <ul>
 *   <li>{@code process}: child JVMs that are started, killed and never left behind.
 *   <li>{@code cluster}: a JobManager and TaskManagers from the jars on the class path, driven by
 *       REST and Flink's command line.
 *   <li>{@code load}: vendors, who retry as vendors do and keep a journal of every attempt.
 *   <li>{@code oracle}: journals and the sink's finished files in, verdict out.
 *   <li>{@code system}: the tests that put these together.
 * </ul>
 */
package io.webhookstreams.test;
