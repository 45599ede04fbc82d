/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

/**
 * The fixed uid of every operator of the job. State is found again by them: a uid that has been
 * released never changes, and is never given to another operator.
 */
public final class Uids {

    public static final String SOURCE = "webhooks-source";
    public static final String PARSE = "parse";
    public static final String DEDUPLICATE = "deduplicate";
    public static final String TO_COUNTED_EVENT = "to-counted-event";
    public static final String COUNT = "count-in-windows";
    public static final String EVENTS = "events-files";
    public static final String COUNTS = "counts-files";
    public static final String LATE = "late-files";
    public static final String DEAD_LETTERS = "dead-letter-files";
    public static final String SHED = "shed-files";

    private Uids() {}
}
