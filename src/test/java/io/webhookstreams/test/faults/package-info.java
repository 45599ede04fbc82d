/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What can go wrong around the job, on command and at verified instants of a checkpoint. In: a
 * cluster of separate JVMs, whose checkpoints and files lie on {@link
 * io.webhookstreams.test.faults.filesystem}. Out: what was struck and when. Driven from the test's
 * thread; each wait is bounded.
 */
package io.webhookstreams.test.faults;
