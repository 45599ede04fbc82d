/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Proves a deployment from outside: vendors that send, and an oracle that compares what they were
 * answered with what came out. In: URLs and a folder of files. Out: a page. Knows nothing of how
 * the job works, so that it can be pointed at any; the threads are its own.
 */
package io.webhookstreams.jobs.prove;
