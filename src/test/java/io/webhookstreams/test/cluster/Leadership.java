/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster;

import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.highavailability.ClientHighAvailabilityServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServicesUtils;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalListener;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/**
 * Which JobManager leads, as ZooKeeper tells it to every client. What it tells lags behind: of a
 * JobManager that has died, for the session's timeout. Safe from any thread.
 */
final class Leadership implements LeaderRetrievalListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final ClientHighAvailabilityServices services;
    private final LeaderRetrievalService retrieval;
    private volatile Optional<URI> now = Optional.empty();
    private volatile Optional<URI> last = Optional.empty();

    private Leadership(ClientHighAvailabilityServices services) throws Exception {
        this.services = services;
        this.retrieval = services.getClusterRestEndpointLeaderRetriever();
        retrieval.start(this);
    }

    /** ZooKeeper may start later. */
    static Leadership watch(ClusterDirectory directory) {
        try {
            return new Leadership(
                    HighAvailabilityServicesUtils.createClientHAService(
                            GlobalConfiguration.loadConfiguration(directory.conf().toString()),
                            error -> LOG.warn("leadership", error)));
        } catch (Exception e) {
            throw new IllegalStateException("leadership: cannot be watched", e);
        }
    }

    @Override
    public void notifyLeaderAddress(String address, UUID session) {
        LOG.info("leader: {}", address);
        now = Optional.ofNullable(address).map(URI::create);
        if (now.isPresent()) {
            last = now;
        }
    }

    @Override
    public void handleError(Exception error) {
        LOG.warn("leadership", error);
    }

    /** The REST address of the JobManager that leads; empty while none is known to. */
    Optional<URI> now() {
        return now;
    }

    /** Takes the leader for gone before ZooKeeper does, until another is told. */
    void forget() {
        now = Optional.empty();
    }

    /** The REST address of the JobManager that leads or was the last that did. */
    URI rest() throws IOException {
        return last.orElseThrow(() -> new IOException("leader: none has been seen yet"));
    }

    @Override
    public void close() {
        try {
            retrieval.stop();
            services.close();
        } catch (Exception e) {
            LOG.warn("leadership: not closed", e);
        }
    }
}
