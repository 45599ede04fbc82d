/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import io.webhookstreams.auth.Preset;
import io.webhookstreams.auth.Presets;
import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.ReloadableConfiguration;
import io.webhookstreams.connector.SchemeOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeserializationSchema;
import io.webhookstreams.connector.WebhookSource;
import io.webhookstreams.connector.WebhookSourceBuilder;
import io.webhookstreams.jobs.JobOptions;
import io.webhookstreams.jobs.pipeline.PipelineSettings;
import io.webhookstreams.jobs.pipeline.WindowSettings;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A configuration file that has no problems, and what was read from it.
 *
 * @param chosenListener what stands in place of some of the file's options of the listener
 */
public record JobDefinition(
        ConfigurationFile file, JobSettings settings, Configuration chosenListener) {

    private static final Duration MILLISECOND = Duration.ofMillis(1);

    /** For streams that come with a reload, when the pipeline is built already. */
    private static final Set<String> SCHEMES_WITH_CHANGING_BODIES =
            Presets.all().stream()
                    .filter(Preset::bodyMayChangeOnRetry)
                    .map(Preset::name)
                    .collect(Collectors.toUnmodifiableSet());

    private static final Duration SHORTEST_CHECKPOINT_INTERVAL = Duration.ofMillis(10);
    private static final Duration SHORTEST_RELOAD_INTERVAL = Duration.ofMillis(100);

    /**
     * Reads and judges a configuration file. Reads no secret.
     *
     * @throws InvalidSettingsException with all problems together
     * @throws IOException if the file cannot be read
     */
    public static JobDefinition load(Path path) throws IOException {
        List<String> problems = new ArrayList<>();
        ConfigurationFile file = ConfigurationFile.read(path, problems);
        JobSettings settings = settings(file, problems);
        try {
            builder(file).build();
        } catch (InvalidSettingsException e) {
            problems.addAll(e.problems());
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return new JobDefinition(file, settings, new Configuration());
    }

    /** The streams, in the order of the file. */
    public List<StreamEntry> streams() {
        return file.streams().entrySet().stream()
                .map(stream -> StreamEntry.of(stream.getKey(), stream.getValue(), publicUrl()))
                .toList();
    }

    private Optional<String> publicUrl() {
        return file.listener()
                .getOptional(ListenerOptions.PUBLIC_URL)
                .map(url -> url.replaceAll("/+$", ""));
    }

    /** The source of the job's deliveries. */
    public WebhookSource<WebhookDelivery> source() {
        WebhookSourceBuilder<WebhookDelivery> builder = builder(file).listener(chosenListener);
        settings.reloadFile()
                .ifPresent(path -> builder.reload(reloaded(path), settings.reloadInterval()));
        return builder.build();
    }

    private ReloadableConfiguration reloaded(String path) {
        return new ReloadedFile(path, file.job(), file.listener(), chosenListener);
    }

    /** The listener's options, with what was chosen. */
    public Configuration listener() {
        Configuration listener = new Configuration(file.listener());
        listener.addAll(chosenListener);
        return listener;
    }

    /** The same job with other listener options, set by the keys of {@code ListenerOptions}. */
    public JobDefinition withListener(Configuration changes) {
        Configuration chosen = new Configuration(chosenListener);
        chosen.addAll(changes);
        return new JobDefinition(file, settings, chosen);
    }

    private static WebhookSourceBuilder<WebhookDelivery> builder(ConfigurationFile file) {
        WebhookSourceBuilder<WebhookDelivery> builder =
                WebhookSource.<WebhookDelivery>builder()
                        .listener(file.listener())
                        .source(file.source())
                        .deserializer(WebhookDeserializationSchema.deliveries());
        file.streams().forEach(builder::stream);
        return builder;
    }

    static JobSettings settings(ConfigurationFile file, List<String> problems) {
        JobOptionReader job = new JobOptionReader(file.job(), problems);
        Path base = file.path().getParent();
        Path dataDirectory = base.resolve(job.value(JobOptions.DATA_DIR, "a directory"));
        return new JobSettings(
                dataDirectory,
                job.optional(JobOptions.CHECKPOINT_DIR, "a directory or URI"),
                job.atLeast(SHORTEST_CHECKPOINT_INTERVAL, JobOptions.CHECKPOINT_INTERVAL),
                job.optionalAtLeast(
                        SHORTEST_CHECKPOINT_INTERVAL, JobOptions.IDLE_CHECKPOINT_INTERVAL),
                job.atLeast(SHORTEST_CHECKPOINT_INTERVAL, JobOptions.CHECKPOINT_TIMEOUT),
                job.positiveNumber(JobOptions.PARALLELISM),
                job.ports(JobOptions.REST_PORT),
                metrics(job),
                job.atLeast(Duration.ZERO, JobOptions.STOP_TIMEOUT),
                job.value(JobOptions.GENERATE_MISSING_SECRETS, "true or false"),
                job.optional(JobOptions.RELOAD_FILE, "a file"),
                job.atLeast(SHORTEST_RELOAD_INTERVAL, JobOptions.RELOAD_INTERVAL),
                pipeline(file, job, dataDirectory));
    }

    private static Optional<MetricsEndpoint> metrics(JobOptionReader job) {
        String address = job.value(JobOptions.METRICS_ADDRESS, "an address");
        return job.optionalPorts(JobOptions.METRICS_PORT)
                .map(ports -> new MetricsEndpoint(address, ports));
    }

    private static PipelineSettings pipeline(
            ConfigurationFile file, JobOptionReader job, Path dataDirectory) {
        return new PipelineSettings(
                job.atLeast(MILLISECOND, JobOptions.DEDUP_TTL),
                streamsWithChangingBodies(file, job),
                SCHEMES_WITH_CHANGING_BODIES,
                named(JobOptions.DEDUP_DISABLED, file, job),
                new WindowSettings(
                        job.atLeast(MILLISECOND, JobOptions.WINDOWS_SIZE),
                        job.atLeast(Duration.ZERO, JobOptions.WINDOWS_ALLOWED_LATENESS),
                        job.atLeast(MILLISECOND, JobOptions.WINDOWS_IDLE_TIMEOUT)),
                job.atLeast(Duration.ZERO, JobOptions.WINDOWS_MAX_OUT_OF_ORDERNESS),
                job.atLeast(Duration.ZERO, JobOptions.WINDOWS_MAX_FUTURE),
                job.optional(JobOptions.OUTPUT_DIR, "a directory or URI")
                        .orElse(dataDirectory.resolve("output").toString()),
                job.atLeast(MILLISECOND, JobOptions.FILES_ROLL_INTERVAL),
                job.positive(JobOptions.FILES_ROLL_SIZE));
    }

    private static Set<String> streamsWithChangingBodies(
            ConfigurationFile file, JobOptionReader job) {
        Set<String> streams = named(JobOptions.DEDUP_CHANGING_BODIES, file, job);
        file.streams()
                .forEach(
                        (name, stream) ->
                                types(stream)
                                        .flatMap(type -> Presets.named(type).stream())
                                        .filter(Preset::bodyMayChangeOnRetry)
                                        .forEach(preset -> streams.add(name)));
        return streams;
    }

    /** Those of the file's streams that an option names; another name is a problem. */
    private static Set<String> named(
            ConfigOption<List<String>> option, ConfigurationFile file, JobOptionReader job) {
        Set<String> streams = new HashSet<>(job.value(option, "a list of streams"));
        job.refuseOthers(option, streams, file.streams().keySet());
        return streams;
    }

    /** Its own, and those of its members. */
    private static Stream<String> types(Configuration stream) {
        Stream<String> members =
                stream.keySet().stream()
                        .filter(key -> key.startsWith(SchemeOptions.OF.key() + "."))
                        .filter(key -> key.endsWith(".type"))
                        .map(
                                key ->
                                        stream.get(
                                                ConfigOptions.key(key)
                                                        .stringType()
                                                        .defaultValue("")));
        return Stream.concat(stream.getOptional(StreamOptions.AUTH_TYPE).stream(), members);
    }
}
