/* SPDX-License-Identifier: Apache-2.0 */
/** A job that needs nothing but Flink, to prove the cluster harness by itself. */
package io.webhookstreams.test.cluster.probe;
