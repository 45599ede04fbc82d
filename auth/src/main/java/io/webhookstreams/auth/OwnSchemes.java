/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the schemes that a configuration writes in the words of {@code presets.yaml}: YAML, or JSON
 * as its subset, one mapping or a list of them.
 */
public final class OwnSchemes {

    private static final String SCHEME = "scheme";
    private static final int MAX_TEXT = 32 * 1024;
    private static final ObjectReader YAML =
            PresetReader.YAML.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private OwnSchemes() {}

    /**
     * Reads schemes.
     *
     * @param problems where problems are added, each as {@code scheme.NAME: value (expected: …)};
     *     none tells what is written below {@code key}
     * @return what has no problem
     */
    public static List<SignatureScheme> parse(String text, List<String> problems) {
        JsonNode tree = tree(text);
        if (tree == null || !tree.isContainerNode() || tree.isEmpty()) {
            problems.add(
                    SCHEME
                            + ": not readable (expected: YAML of a scheme or a list of them, each"
                            + " field once)");
            return List.of();
        }
        List<SignatureScheme> schemes = new ArrayList<>();
        int count = tree.isArray() ? tree.size() : 1;
        for (int i = 0; i < count; i++) {
            List<String> own = new ArrayList<>();
            SignatureScheme scheme = SchemeBinder.bind(tree.isArray() ? tree.get(i) : tree, own);
            String path = path(i, count);
            own.forEach(line -> problems.add(line(path, line)));
            if (scheme != null) {
                schemes.add(scheme);
            }
        }
        return List.copyOf(schemes);
    }

    /** What a scheme is called in messages. */
    static String path(int index, int count) {
        return count == 1 ? SCHEME : SCHEME + "[" + index + "]";
    }

    /** A problem of the whole has no name of its own. */
    private static String line(String path, String problem) {
        boolean whole = problem.startsWith("no mapping");
        return path + (whole ? ": " : ".") + problem;
    }

    /** Null for what is no YAML; its parser's message would tell what is written there. */
    private static JsonNode tree(String text) {
        try {
            return text.length() > MAX_TEXT ? null : YAML.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
