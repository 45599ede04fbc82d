/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.jobs.embedded.DataDirectoryInUseException;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** The command {@code webhooks}. */
@Command(
        name = "webhooks",
        description = "Takes webhooks, answers 2xx once they are durable, writes them to files.",
        mixinStandardHelpOptions = true,
        version = "webhooks 0.1.0-SNAPSHOT",
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            NewStreamCommand.class,
            SendCommand.class,
            VerifyCommand.class,
            ReplayCommand.class,
            PresetsCommand.class,
            SecretsCommand.class,
            CertsCommand.class,
            ProveCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or stopped as told",
            "1:the job failed, or something else did",
            "2:the configuration or the command line has problems",
            "3:another run has the data directory",
            "4:what was sent was answered, and not with 2xx",
            "5:what came out is not what was promised"
        })
public final class Webhooks {

    private Webhooks() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Webhooks()).setExecutionExceptionHandler(Webhooks::explain);
    }

    private static int explain(
            Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (problem instanceof InvalidSettingsException invalid) {
            invalid.problems().forEach(err::println);
            return ExitCode.INVALID;
        }
        if (problem instanceof DataDirectoryInUseException) {
            err.println(problem.getMessage());
            return ExitCode.IN_USE;
        }
        err.println(message(problem));
        return ExitCode.FAILED;
    }

    private static String message(Throwable problem) {
        if (problem instanceof NoSuchFileException missing) {
            return missing.getFile() + ": missing (expected: a file)";
        }
        if (problem instanceof FileAlreadyExistsException there) {
            return there.getFile() + ": there already (expected: no file)";
        }
        String own = problem.getMessage() == null ? problem.toString() : problem.getMessage();
        return problem.getCause() == null
                ? own
                : own + "\n  because: " + message(problem.getCause());
    }
}
