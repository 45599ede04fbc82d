/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

/**
 * What a vendor does that its habits do not say.
 *
 * @param forgetful one event in so many is never sent again; 0 for none
 * @param doubled one event in so many is sent twice at the same time; 0 for none
 * @param echoes how many times more each event is sent at the same time
 */
public record Mischief(int forgetful, int doubled, int echoes) {

    static final Mischief NONE = new Mischief(0, 0, 0);
}
