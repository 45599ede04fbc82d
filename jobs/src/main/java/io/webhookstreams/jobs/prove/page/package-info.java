/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Tells what came of a run on one page of Markdown. In: a {@link
 * io.webhookstreams.jobs.prove.page.Report} with the journal, the oracle's verdict and what was
 * done to the job. Out: text. The caller's thread; nothing is kept.
 */
package io.webhookstreams.jobs.prove.page;
