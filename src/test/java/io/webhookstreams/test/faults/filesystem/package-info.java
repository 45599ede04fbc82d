/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Flink's local file system under the scheme {@code chaos}, which obeys rules that a test writes
 * while it runs: an operation is delayed, hangs, fails or finds the disk full. In: rules, one
 * properties file each, in a control directory. Out: the files, and a log of each operation that a
 * rule matched.
 *
 * <p>Runs in Flink's own processes, on whichever thread of Flink does the operation. Hence it
 * depends on the JDK and on Flink alone. Flink's recoverable writer for local files is internal to
 * Flink: tests may use it.
 */
package io.webhookstreams.test.faults.filesystem;
