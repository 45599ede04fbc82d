/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

/** A scheme's {@code when}, compiled. Safe from any thread. */
final class Condition {

    private final SignatureScheme.When when;
    private final Field present;
    private final Field absent;

    Condition(SignatureScheme.When when) {
        this.when = when;
        this.present = when.present() == null ? null : new Field(when.present());
        this.absent = when.absent() == null ? null : new Field(when.absent());
    }

    boolean needsBody() {
        return when.needsBody();
    }

    /** Whether it asks for a part of the signature, which only its grammar reads. */
    boolean isNever() {
        FieldSource field = when.present() == null ? when.absent() : when.present();
        return field != null && field.kind() == FieldSource.Kind.SIG;
    }

    /** Whether it holds, as far as the headers tell. */
    boolean mayHold(AuthRequest headersOnly) {
        return needsBody()
                || (present == null ? !absent.mayBeIn(headersOnly) : present.mayBeIn(headersOnly));
    }

    /** Whether it holds; refuses a request whose body cannot be asked. */
    boolean holds(RequestFields fields) throws RefusedException {
        if (when.body() != null) {
            return startsWith(when.body().first(), fields.request().body());
        }
        return present == null ? !absent.isIn(fields) : present.isIn(fields);
    }

    @Override
    public String toString() {
        if (when.body() != null) {
            return "when body " + when.body();
        }
        return present == null ? "when absent " + when.absent() : "when present " + when.present();
    }

    private static boolean startsWith(char first, byte[] body) {
        for (byte b : body) {
            boolean blank = b == ' ' || b == '\t' || b == '\n' || b == '\r';
            if (!blank) {
                return b == first;
            }
        }
        return false;
    }
}
