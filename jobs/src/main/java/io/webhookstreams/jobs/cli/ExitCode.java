/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

/** What the command's exit codes mean; released ones never change. */
final class ExitCode {

    /** Done, or stopped as told. */
    static final int OK = 0;

    /** The job failed, or something else did. */
    static final int FAILED = 1;

    /** The configuration has problems, or the command line does. */
    static final int INVALID = 2;

    /** Another run has the data directory. */
    static final int IN_USE = 3;

    /** The test event was answered, and not with 2xx. */
    static final int REFUSED = 4;

    /** What came out is not what was promised. */
    static final int BROKEN = 5;

    /** Nothing is known to break the promise, and not everything could be judged. */
    static final int UNSETTLED = 6;

    private ExitCode() {}
}
