/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A Flink session cluster of separate JVMs on this machine. In: settings, a job's jar. Out: job
 * ids, states, savepoints. It is driven as an operator drives one, by Flink's command line and
 * REST, from the test's thread.
 */
package io.webhookstreams.test.cluster;
