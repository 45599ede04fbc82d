/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import picocli.CommandLine.Command;

/** What concerns the streams' secrets. */
@Command(
        name = "secrets",
        description = "Tells how far a running job is with replacing its streams' secrets.",
        mixinStandardHelpOptions = true,
        subcommands = SecretsStatusCommand.class,
        synopsisSubcommandLabel = "COMMAND")
final class SecretsCommand {}
