/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import picocli.CommandLine.Command;

/** What concerns the certificates of internal senders. */
@Command(
        name = "certs",
        description = "Makes certificates for internal senders (auth.type: mtls).",
        mixinStandardHelpOptions = true,
        subcommands = CertsIssueCommand.class,
        synopsisSubcommandLabel = "COMMAND")
final class CertsCommand {}
