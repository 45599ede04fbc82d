/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What every test here needs: waiting for a state, free ports, a directory of its own. No thread of
 * its own.
 */
package io.webhookstreams.test.support;
