/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The oracle, proved: systems with a planted defect, each of which it must report. In: production
 * sources and an edit of their text. Out: an installation in which the edited classes stand in the
 * place of the original ones, and what the oracle says of a run of it. A production class knows
 * nothing of this. The test's thread.
 */
package io.webhookstreams.test.planted;
