/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.test.faults.CrashInstant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to do to the cluster, in order: a pure function of a seed and a number of faults. The same
 * plan finds the processes in other states when it is carried out again; the choices are the same.
 *
 * <p>Each named instant has a share of its own, struck by a killed TaskManager; the rest are faults
 * of all kinds at any time, by their shares.
 */
record Plan(long seed, List<Step> steps) {

    /** Of the job that is submitted first. */
    static final int PARALLELISM = 2;

    static final int WIDEST = 4;

    /** One fault in so many strikes at a given named instant. */
    private static final int ONE_IN = 14;

    private static final long LONGEST_CALM_MILLIS = 1_500;
    private static final int ONE_IMPATIENT_IN = 6;

    /** A fault and its instant, not yet in its place. */
    private record Card(Fault fault, Optional<CrashInstant> instant) {
        Card(Fault fault) {
            this(fault, Optional.empty());
        }

        /** At its widest the job can only become narrower, and the other way round. */
        Card at(int parallelism) {
            if (fault == Fault.RESCALE_UP && parallelism == WIDEST) {
                return new Card(Fault.RESCALE_DOWN);
            }
            if (fault == Fault.RESCALE_DOWN && parallelism == 1) {
                return new Card(Fault.RESCALE_UP);
            }
            return this;
        }

        int parallelismAfter(int before, Random random) {
            if (fault == Fault.RESCALE_UP) {
                return random.nextInt(before + 1, WIDEST + 1);
            }
            return fault == Fault.RESCALE_DOWN ? random.nextInt(1, before) : before;
        }
    }

    static Plan of(long seed, int faults) {
        Random random = new Random(seed);
        List<Card> deck = deck(random, faults);
        Collections.shuffle(deck, random);
        List<Step> steps = new ArrayList<>();
        int parallelism = PARALLELISM;
        for (Card dealt : deck) {
            Card card = dealt.at(parallelism);
            parallelism = card.parallelismAfter(parallelism, random);
            steps.add(step(steps.size() + 1, card, parallelism, random));
        }
        return new Plan(seed, List.copyOf(steps));
    }

    private static List<Card> deck(Random random, int faults) {
        List<Card> deck = new ArrayList<>();
        for (CrashInstant instant : CrashInstant.values()) {
            Card card = new Card(Fault.KILL_TASK_MANAGER, Optional.of(instant));
            deck.addAll(Collections.nCopies((faults + ONE_IN - 1) / ONE_IN, card));
        }
        deck.addAll(anyTime(random, Math.max(0, faults - deck.size())));
        return deck;
    }

    /** By their shares, with chance where a share is no whole number. */
    private static List<Card> anyTime(Random random, int faults) {
        int whole = Stream.of(Fault.values()).mapToInt(Fault::share).sum();
        List<Card> cards = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            int sure = faults * fault.share() / whole;
            cards.addAll(Collections.nCopies(sure, new Card(fault)));
        }
        List<Fault> rest = new ArrayList<>(List.of(Fault.values()));
        Collections.shuffle(rest, random);
        for (int i = 0; cards.size() < faults; i++) {
            cards.add(new Card(rest.get(i % rest.size())));
        }
        return cards;
    }

    private static Step step(int number, Card card, int parallelism, Random random) {
        Duration calm = Duration.ofMillis(random.nextLong(LONGEST_CALM_MILLIS));
        int target = random.nextInt(1_000);
        boolean impatient = random.nextInt(ONE_IMPATIENT_IN) == 0;
        return new Step(number, calm, card.fault(), card.instant(), target, parallelism, impatient);
    }

    @Override
    public String toString() {
        return "seed %d, %d faults%n".formatted(seed, steps.size())
                + steps.stream().map(Step::toString).collect(Collectors.joining("\n"));
    }
}
