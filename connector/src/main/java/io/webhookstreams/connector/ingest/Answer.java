/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import java.util.ArrayList;
import java.util.List;

import javax.annotation.Nullable;

/**
 * What a sender is told. Immutable; shared by many requests where it says yes.
 *
 * @param contentType what the body is; null where there is none
 * @param body may be empty; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Answers are written, never compared.
public record Answer(int status, List<Header> headers, @Nullable String contentType, byte[] body) {

    private static final byte[] EMPTY = {};

    /** One header of an answer; never made of text from a request. */
    public record Header(String name, String value) {}

    /** The same with more headers. */
    Answer with(List<Header> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<Header> all = new ArrayList<>(headers);
        all.addAll(more);
        return new Answer(status, all, contentType, body);
    }

    /** Yes, without a body. */
    public static Answer success(int status) {
        return new Answer(status, List.of(), null, EMPTY);
    }
}
