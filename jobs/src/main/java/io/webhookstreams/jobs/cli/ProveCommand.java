/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.jobs.embedded.Signals;
import io.webhookstreams.jobs.prove.Plan;
import io.webhookstreams.jobs.prove.Proof;
import io.webhookstreams.jobs.prove.WrongSettingException;
import io.webhookstreams.jobs.prove.page.Page;
import io.webhookstreams.jobs.prove.page.Report;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** Sends as vendors do, and tells whether what was answered 2xx came out, once, as it was sent. */
@Command(
        name = "prove",
        description = {
            "Sends events to a stream as vendors do, while you stop, kill or fill what you like;"
                    + " then compares the job's files with what was answered, and prints a page. Exit"
                    + " code 5 if the promise was broken, 6 if that could not be told in time. Ctrl-C"
                    + " ends the sending, a second one everything."
        },
        mixinStandardHelpOptions = true)
final class ProveCommand implements Callable<Integer> {

    @Mixin private ProveOptions options;
    @Spec private CommandSpec spec;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws Exception {
        long seed = options.seed.orElseGet(System::nanoTime);
        Plan plan = ProvePlan.of(options, clock.millis(), seed);
        try (Proof proof = new Proof(plan, this::tell)) {
            Signals.onTermination(new Stop(proof));
            Report report = carryOut(proof);
            PrintWriter out = spec.commandLine().getOut();
            out.print(Page.of(report));
            out.flush();
            return exitCode(report);
        } catch (WrongSettingException e) {
            throw new InvalidSettingsException(List.of("--" + e.getMessage()));
        }
    }

    private static int exitCode(Report report) {
        if (!report.isClean() || report.journal().acceptedEvents() == 0) {
            return ExitCode.BROKEN;
        }
        return report.isSettled() ? ExitCode.OK : ExitCode.UNSETTLED;
    }

    private Report carryOut(Proof proof)
            throws WrongSettingException, IOException, InterruptedException {
        try {
            proof.begin(Duration.ofSeconds(options.settle));
            proof.send(Duration.ofSeconds(options.duration));
            if (!proof.settle(Duration.ofSeconds(options.settle))) {
                tell("not settled within " + options.settle + " s");
            }
            return proof.report();
        } finally {
            if (options.journal.isPresent()) {
                proof.journal().write(options.journal.get());
            }
        }
    }

    private void tell(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    /** The first signal ends the sending, the second the process. */
    private static final class Stop implements Runnable {

        private final Proof proof;
        private boolean asked;

        Stop(Proof proof) {
            this.proof = proof;
        }

        @Override
        public synchronized void run() {
            if (asked) {
                Runtime.getRuntime().halt(ExitCode.FAILED);
            }
            asked = true;
            proof.stop();
        }
    }
}
