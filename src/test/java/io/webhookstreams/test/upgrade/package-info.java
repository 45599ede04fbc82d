/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Savepoints of versions before, restored by this one. In: {@code src/test/resources/savepoints},
 * one directory per version. Out: what comes out of the present job that starts from it. {@link
 * io.webhookstreams.test.upgrade.TakeSavepoint} adds one. The test's thread.
 */
package io.webhookstreams.test.upgrade;
