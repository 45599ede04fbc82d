/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove;

/** A run that would tell nothing, because of one of its settings. */
public final class WrongSettingException extends Exception {

    private static final long serialVersionUID = 1L;

    WrongSettingException(String setting, String value, String expected) {
        super("%s: %s (expected: %s)".formatted(setting, value, expected));
    }
}
