/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.auth.Preset;
import io.webhookstreams.auth.Presets;
import io.webhookstreams.connector.InvalidSettingsException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Lists the vendors that this build knows, and what each one's signature covers. */
@Command(
        name = "presets",
        description =
                "Lists the vendors that auth.type knows; with a name, all that is known of it.",
        mixinStandardHelpOptions = true)
final class PresetsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "One of them.")
    private String name;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (name == null) {
            Presets.all()
                    .forEach(preset -> out.printf("%s%n    %s%n", preset.name(), line(preset)));
        } else {
            Preset preset = Presets.named(name).orElseThrow(this::unknown);
            out.print(PresetPage.of(preset));
        }
        return ExitCode.OK;
    }

    private static String line(Preset preset) {
        return preset.title() + ". " + preset.notCovered();
    }

    private InvalidSettingsException unknown() {
        String known = Presets.all().stream().map(Preset::name).collect(Collectors.joining(", "));
        return new InvalidSettingsException(
                List.of("NAME: %s (expected: one of %s)".formatted(name, known)));
    }
}
