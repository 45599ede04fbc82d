/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Asks listeners what they hold, by their admin ports. In: URLs and a token. Out: levels, and what
 * is wrong with them. Every call blocks its caller until it is answered.
 */
package io.webhookstreams.jobs.prove.admin;
