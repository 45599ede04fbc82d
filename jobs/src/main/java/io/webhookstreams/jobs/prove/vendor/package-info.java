/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Vendors that post events. In: where to post and how patient to be. Out: a {@link
 * io.webhookstreams.jobs.prove.vendor.Journal} of every attempt and its answer, which is all that a
 * vendor knows. A few threads per vendor, none per request.
 */
package io.webhookstreams.jobs.prove.vendor;
