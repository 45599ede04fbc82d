/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster;

import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.FreePorts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One ZooKeeper, from Flink's own jars, for a cluster whose JobManagers may be killed. */
record ZooKeeper(Path directory, String address, FreePorts.Range ports) {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String MAIN =
            "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer";

    static ZooKeeper in(Path directory, String address) {
        return new ZooKeeper(directory.toAbsolutePath(), address, FreePorts.range(3));
    }

    /**
     * What makes a cluster's metadata outlive its JobManager. A dead one is noticed after the
     * session's timeout.
     */
    Map<String, String> settings() {
        return Map.of(
                "high-availability.type", "zookeeper",
                "high-availability.storageDir", directory.resolve("ha").toUri().toString(),
                "high-availability.zookeeper.quorum", address + ":" + ports.first(),
                "high-availability.zookeeper.client.session-timeout", "4 s",
                "high-availability.zookeeper.client.connection-timeout", "4 s",
                "high-availability.zookeeper.client.retry-wait", "500 ms");
    }

    /** Returns when it takes connections: who comes earlier gives up too soon. */
    ChildProcess start(ClusterDirectory cluster) throws InterruptedException {
        ChildProcess process = launch(cluster);
        Await.until("zookeeper: listens", SOON, this::listens);
        return process;
    }

    private boolean listens() throws IOException {
        try (Socket socket = new Socket(address, ports.first())) {
            return socket.isConnected();
        }
    }

    private ChildProcess launch(ClusterDirectory cluster) {
        String config =
                """
                tickTime=500
                dataDir=%s
                clientPort=%d
                clientPortAddress=%s
                admin.enableServer=false
                server.1=127.0.0.1:%d:%d
                """
                        .formatted(
                                directory.resolve("zookeeper"),
                                ports.first(),
                                address,
                                ports.first() + 1,
                                ports.last());
        try {
            Path file = Files.writeString(cluster.conf().resolve("zoo.cfg"), config);
            return FlinkDistribution.jvm(cluster.conf(), List.of("-Xmx64m"))
                    .start(
                            "zookeeper",
                            directory,
                            MAIN,
                            List.of("--zkConfigFile", file.toString(), "--peerId", "1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
