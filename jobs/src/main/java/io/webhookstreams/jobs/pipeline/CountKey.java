/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import javax.annotation.Nullable;

/** What is counted together: the events of one stream and type; null where the type is unknown. */
public record CountKey(String stream, @Nullable String type) {}
