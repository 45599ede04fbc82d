/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What attackers do: the packaged job, with a small heap and small budgets, under hostile bytes,
 * floods and slow clients, while a vendor posts; and a search for secrets in everything that the
 * tests of all modules have written.
 */
package io.webhookstreams.test.abuse;
