/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes a verifier's steps down as lines for people. For one verification. */
final class StepLines implements Trace {

    /** Of what is signed, so many bytes are shown. */
    static final int MOST_CONTENT = 2048;

    private static final int MOST_TEXT = 512;

    private final List<String> lines = new ArrayList<>();
    private String timeText;
    private Instant signedAt;

    List<String> lines() {
        return lines;
    }

    /** The time as the request says it; null where none was read. */
    String timeText() {
        return timeText;
    }

    /** Null where none was read, or it is of another form. */
    Instant signedAt() {
        return signedAt;
    }

    @Override
    public void scheme(SignatureScheme scheme, boolean applies) {
        String what =
                scheme.algorithm()
                        + " in "
                        + scheme.signature().from()
                        + (scheme.content() == null ? "" : " over " + scheme.content());
        String when = scheme.when() == null ? "" : ", " + new Condition(scheme.when());
        lines.add("scheme: " + what + when + (applies ? "" : ": not for this request"));
    }

    @Override
    public void found(Object place, String text) {
        lines.add("found: " + place + " = " + Escaped.text(text, MOST_TEXT));
    }

    @Override
    public void token(Object place, int characters) {
        lines.add("found: " + place + " = a token of " + characters + " characters, not shown");
    }

    @Override
    public void signatures(List<String> signatures) {
        for (String signature : signatures) {
            lines.add("signature: " + Escaped.text(signature, MOST_TEXT));
        }
    }

    @Override
    public void time(
            Object place,
            String text,
            Instant time,
            Object form,
            Instant receivedAt,
            Duration past,
            Duration future) {
        timeText = text;
        signedAt = time;
        if (time == null) {
            lines.add(
                    "time: " + place + " = " + Escaped.text(text, 80) + ", no time (" + form + ")");
            return;
        }
        Duration age = Duration.between(time, receivedAt);
        String skew =
                age.isNegative()
                        ? age.negated().toSeconds() + " s ahead of "
                        : age.toSeconds() + " s before ";
        lines.add(
                "time: "
                        + place
                        + " = "
                        + Escaped.text(text, 80)
                        + " ("
                        + form
                        + ") is "
                        + time
                        + ", "
                        + skew
                        + receivedAt
                        + "; allowed: "
                        + limit(past)
                        + " old, "
                        + limit(future)
                        + " ahead");
    }

    @Override
    public void content(List<byte[]> pieces) {
        lines.add("signed content: " + Escaped.bytes(pieces, MOST_CONTENT));
    }

    @Override
    public void expected(String secretName, String digest) {
        lines.add("expected with secret " + secretName + ": " + digest);
    }

    @Override
    public void tried(String secretName, boolean matches) {
        lines.add(
                "tried: " + Escaped.text(secretName, 256) + (matches ? ": matches" : ": no match"));
    }

    @Override
    public void skipped(SecretRef secret, boolean readable) {
        String why = readable ? "not its time, " + secret.validity() : "cannot be read";
        lines.add("not tried: " + secret.name() + ": " + why);
    }

    @Override
    public void fact(String name, Object value) {
        String text = value == null ? "absent" : String.valueOf(value);
        lines.add(Escaped.text(name, 80) + ": " + Escaped.text(text, MOST_TEXT));
    }

    private static String limit(Duration duration) {
        return duration == null ? "any time" : duration.toSeconds() + " s";
    }
}
