/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

/** When a fault strikes, seen from a delivery that waits for its answer. */
enum Moment {
    ANY("any time"),
    BEFORE_BARRIER("before the barrier"),
    DURING_ASYNC("during the asynchronous part"),
    BEFORE_COMPLETION("between snapshot and completion"),
    BEFORE_ANSWER("after completion, before the answer leaves");

    private final String title;

    Moment(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
