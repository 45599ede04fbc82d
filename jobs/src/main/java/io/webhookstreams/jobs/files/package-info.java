/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Flink's file sink, with one difference: on a file system where two processes can write to one
 * file, a file has one writer in its life.
 *
 * <p>In come records, on a task's thread; out come files, each line exactly once. Flink's own sink
 * goes on, after a restore, with the very file that the attempt before has open. An attempt that
 * was given up need not be dead: it may be stopped or cut off, and writes what it still had when it
 * goes on. Here a restored file is first replaced, under its name, by a copy of what its checkpoint
 * holds, and then finished as it is. Whoever has the old one open writes into nothing. Every step
 * may be repeated or come late, by whichever attempt: it makes the same bytes under the same name.
 */
package io.webhookstreams.jobs.files;
