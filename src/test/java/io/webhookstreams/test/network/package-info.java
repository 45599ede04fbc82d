/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The network between vendors and TaskManagers, with its faults. In: commands of a test. Out:
 * connections that end just before an answer.
 */
package io.webhookstreams.test.network;
