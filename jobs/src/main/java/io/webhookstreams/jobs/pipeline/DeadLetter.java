/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import io.webhookstreams.connector.WebhookDelivery;

/**
 * A delivery that was answered 2xx and does not go on to a destination: kept whole, so that it can
 * be mended and sent again under its own event id. Immutable.
 *
 * @param reason why
 * @param detail one sentence for the person who mends it; no secret is in it
 */
public record DeadLetter(Reason reason, String detail, WebhookDelivery delivery) {

    /** The stage of the pipeline that gave a delivery up. */
    public enum Stage {
        PARSE("parse"),
        DEDUPLICATE("deduplicate");

        private final String code;

        Stage(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /** Every reason for a dead letter, with its stable code and the stage that finds it. */
    public enum Reason {
        INVALID_JSON("invalid_json", Stage.PARSE),
        ID_CONFLICT("id_conflict", Stage.DEDUPLICATE);

        private final String code;
        private final Stage stage;

        Reason(String code, Stage stage) {
            this.code = code;
            this.stage = stage;
        }

        public String code() {
            return code;
        }

        public Stage stage() {
            return stage;
        }
    }
}
