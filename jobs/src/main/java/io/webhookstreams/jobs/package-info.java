/* SPDX-License-Identifier: Apache-2.0 */
/** The runnable job: what happens to an event once it is durable. */
package io.webhookstreams.jobs;
