/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.jobs.WebhooksGraph;
import io.webhookstreams.jobs.config.JobDefinition;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** Tells all problems of a configuration, or that there are none. Reads no secret. */
@Command(
        name = "check",
        description = "Reports all problems of a configuration; exit code 2 if it has any.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Mixin private ConfigFile config;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        JobDefinition definition = JobDefinition.load(config.path());
        WebhooksGraph.check(definition);
        PrintWriter out = spec.commandLine().getOut();
        definition.source().cautions().forEach(caution -> out.println("note: " + caution));
        out.printf("%s: no problems, %d stream(s)%n", config.path(), definition.streams().size());
        return ExitCode.OK;
    }
}
