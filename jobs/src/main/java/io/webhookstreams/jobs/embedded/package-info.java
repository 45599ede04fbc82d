/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The job on a Flink inside this process, and its data directory: who may use it, what of it is
 * complete, where the next run resumes. In: a {@link io.webhookstreams.jobs.config.JobDefinition}.
 * Out: a running job that can be stopped with a savepoint. The command's main thread.
 */
package io.webhookstreams.jobs.embedded;
