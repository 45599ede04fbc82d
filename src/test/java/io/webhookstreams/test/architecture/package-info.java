/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Holds the arrows between the modules; those between a module's packages are held beside its code.
 */
package io.webhookstreams.test.architecture;
