/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.aRequest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A folder as the kubelet mounts a Secret: {@code key -> ..data/key}, {@code ..data ->
 * ..TIMESTAMP}; an update writes another folder and renames a new {@code ..data} over the old one
 * (k8s.io/kubernetes/pkg/volume/util, AtomicWriter).
 */
class MountedSecretTest {

    private static final String FIRST_SECRET = "first-mounted-secret";
    private static final String SECOND_SECRET = "second-mounted-secret";

    @TempDir Path mount;

    private Verifier verifier;

    @BeforeEach
    void mounts() throws Exception {
        update("..2026_01", FIRST_SECRET);
        Files.createSymbolicLink(mount.resolve("github"), Path.of("..data", "github"));
        verifier =
                AuthSchemes.verifier(
                        AuthSettings.of("github", SecretRef.parse("file:github")),
                        LocalSecrets.below(mount));
    }

    @Test
    void an_update_of_the_mount_is_used_after_a_refresh() throws IOException {
        assertThat(verifies(FIRST_SECRET)).isTrue();

        update("..2026_02", SECOND_SECRET);
        verifier.refresh();

        assertThat(verifies(SECOND_SECRET)).isTrue();
        assertThat(verifies(FIRST_SECRET)).isFalse();
    }

    @Test
    void a_key_that_an_update_leaves_out_is_revoked() throws IOException {
        update("..2026_02", null);
        verifier.refresh();

        assertThat(verifies(FIRST_SECRET)).isFalse();
        assertThat(verifier.secrets().get(0).readable()).isFalse();
    }

    /** What the kubelet does, in its order. */
    private void update(String folder, String secret) throws IOException {
        Path data = Files.createDirectory(mount.resolve(folder));
        if (secret != null) {
            Files.writeString(data.resolve("github"), secret);
        }
        Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of(folder));
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private boolean verifies(String secret) {
        AuthRequest request = aRequest().signedWith(TestSecrets.signer("github", secret)).arrived();
        return verifier.verify(request) instanceof Verified;
    }
}
