/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Secrets that a test puts, changes and takes away; the reference's location is their key. */
final class TestSecrets implements SecretResolver {

    private final Map<String, String> texts = new HashMap<>();

    TestSecrets put(String variable, String text) {
        texts.put(variable, text);
        return this;
    }

    TestSecrets remove(String variable) {
        texts.remove(variable);
        return this;
    }

    @Override
    public Secret resolve(SecretRef ref) throws SecretUnavailableException {
        String text = texts.get(ref.location());
        if (text == null) {
            throw new SecretUnavailableException(ref, "no such variable");
        }
        return Secret.of(ref.name(), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Settings that refer to these variables. */
    static AuthSettings settings(String type, String... variables) {
        SecretRef[] refs = new SecretRef[variables.length];
        for (int i = 0; i < refs.length; i++) {
            refs[i] = SecretRef.parse("env:" + variables[i]);
        }
        return AuthSettings.of(type, refs);
    }

    static Verifier verifier(String type, String secret) {
        try {
            return AuthSchemes.verifier(settings(type, "A"), new TestSecrets().put("A", secret));
        } catch (SecretUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    static Signer signer(String type, String secret) {
        try {
            return AuthSchemes.signer(settings(type, "A"), new TestSecrets().put("A", secret));
        } catch (SecretUnavailableException e) {
            throw new AssertionError(e);
        }
    }
}
