/* SPDX-License-Identifier: Apache-2.0 */
/**
 * From one YAML file to a job without problems, or to all its problems together. In: a path. Out: a
 * {@link io.webhookstreams.jobs.config.JobDefinition}. Client thread; reads no secret. Uses of
 * {@code auth} its references to secrets and its presets, which the connector's options speak of.
 */
package io.webhookstreams.jobs.config;
