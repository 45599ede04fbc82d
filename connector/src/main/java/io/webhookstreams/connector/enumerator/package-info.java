/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Says which reader holds which lane, and knows where the readers listen. In: readers that register
 * and introduce themselves. Out: lanes, once, and grants of ownership. JobManager's coordinator
 * thread.
 */
package io.webhookstreams.connector.enumerator;
