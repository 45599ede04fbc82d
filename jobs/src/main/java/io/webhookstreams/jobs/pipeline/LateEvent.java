/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

/** An event whose window had been closed when it came; in the events' files, in no count. */
public record LateEvent(CountedEvent event, Window window) {}
