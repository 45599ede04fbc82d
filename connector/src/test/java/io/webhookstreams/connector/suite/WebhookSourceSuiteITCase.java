/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.suite;

import org.apache.flink.connector.testframe.environment.MiniClusterTestEnvironment;
import org.apache.flink.connector.testframe.external.ExternalContextFactory;
import org.apache.flink.connector.testframe.junit.annotations.TestContext;
import org.apache.flink.connector.testframe.junit.annotations.TestEnv;
import org.apache.flink.connector.testframe.junit.annotations.TestSemantics;
import org.apache.flink.connector.testframe.testsuites.SourceTestSuiteBase;
import org.apache.flink.core.execution.CheckpointingMode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Flink's own tests of a connector: metrics, savepoints, rescaling and a TaskManager that fails. A
 * record may come twice here, as senders repeat what was not answered: removing duplicates is the
 * job's part. The tests of bounded sources abort.
 */
class WebhookSourceSuiteITCase extends SourceTestSuiteBase<String> {

    private static final int PORTS = 10;

    private final int firstPort = anyFreePort();

    @TestEnv MiniClusterTestEnvironment flink = new MiniClusterTestEnvironment();

    @TestContext
    ExternalContextFactory<WebhookExternalContext> contextFactory =
            testName -> new WebhookExternalContext(firstPort, firstPort + PORTS - 1);

    @TestSemantics CheckpointingMode[] semantics = {CheckpointingMode.AT_LEAST_ONCE};

    private static int anyFreePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Math.min(socket.getLocalPort(), 65_535 - PORTS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
