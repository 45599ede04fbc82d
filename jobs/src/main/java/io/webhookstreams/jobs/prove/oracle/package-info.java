/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Says whether the promise was kept. In: the vendors' journal and the sink's finished files. Out: a
 * {@link io.webhookstreams.jobs.prove.oracle.Verdict}. Knows nothing of how the project works; one
 * thread.
 */
package io.webhookstreams.jobs.prove.oracle;
