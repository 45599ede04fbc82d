/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster;

import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.FreePorts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One ZooKeeper, from Flink's own jars, for a cluster whose JobManager may be killed. */
record ZooKeeper(Path directory, FreePorts.Range ports) {

    private static final String MAIN =
            "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer";

    static ZooKeeper in(Path directory) {
        return new ZooKeeper(directory.toAbsolutePath(), FreePorts.range(3));
    }

    /**
     * What makes a cluster's metadata outlive its JobManager. A dead one is noticed after the
     * session's timeout.
     */
    Map<String, String> settings() {
        return Map.of(
                "high-availability.type", "zookeeper",
                "high-availability.storageDir", directory.resolve("ha").toUri().toString(),
                "high-availability.zookeeper.quorum", "127.0.0.1:" + ports.first(),
                "high-availability.zookeeper.client.session-timeout", "4 s",
                "high-availability.zookeeper.client.connection-timeout", "4 s",
                "high-availability.zookeeper.client.retry-wait", "500 ms");
    }

    ChildProcess start(ClusterDirectory cluster) {
        String config =
                """
                tickTime=500
                dataDir=%s
                clientPort=%d
                clientPortAddress=127.0.0.1
                admin.enableServer=false
                server.1=127.0.0.1:%d:%d
                """
                        .formatted(
                                directory.resolve("zookeeper"),
                                ports.first(),
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
