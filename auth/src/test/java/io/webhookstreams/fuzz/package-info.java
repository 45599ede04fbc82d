/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Seeded fuzzing, for the tests of every module. In: a property, and valid bytes or texts to
 * damage. Out: nothing, or a failure that says how to have the same input again. The test's thread.
 */
package io.webhookstreams.fuzz;
