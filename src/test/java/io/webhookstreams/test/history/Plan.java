/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to do to the cluster, in order: a pure function of a seed and a number of faults. The same
 * plan finds the processes in other states when it is carried out again; the choices are the same.
 *
 * <p>Each named moment has a share of its own, struck by a killed TaskManager; the rest are faults
 * of all kinds at any time, by their shares.
 */
record Plan(long seed, List<Step> steps) {

    /** One fault in so many strikes at a given named moment. */
    private static final int ONE_IN = 14;

    private static final long LONGEST_CALM_MILLIS = 2_500;
    private static final int WIDEST = 4;
    private static final int ONE_IMPATIENT_IN = 6;

    /** A fault and its moment, not yet in its place. */
    private record Card(Fault fault, Moment moment) {}

    static Plan of(long seed, int faults) {
        Random random = new Random(seed);
        List<Card> deck = deck(random, faults);
        Collections.shuffle(deck, random);
        List<Step> steps = new ArrayList<>();
        for (Card card : deck) {
            steps.add(step(steps.size() + 1, card, random));
        }
        return new Plan(seed, List.copyOf(steps));
    }

    private static List<Card> deck(Random random, int faults) {
        List<Card> deck = new ArrayList<>();
        named().forEach(
                        moment -> {
                            Card card = new Card(Fault.KILL_TASK_MANAGER, moment);
                            deck.addAll(Collections.nCopies((faults + ONE_IN - 1) / ONE_IN, card));
                        });
        deck.addAll(anyTime(random, Math.max(0, faults - deck.size())));
        return deck;
    }

    /** By their shares, with chance where a share is no whole number. */
    private static List<Card> anyTime(Random random, int faults) {
        int whole = Stream.of(Fault.values()).mapToInt(Fault::share).sum();
        List<Card> cards = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            int sure = faults * fault.share() / whole;
            cards.addAll(Collections.nCopies(sure, new Card(fault, Moment.ANY)));
        }
        List<Fault> rest = new ArrayList<>(List.of(Fault.values()));
        Collections.shuffle(rest, random);
        for (int i = 0; cards.size() < faults; i++) {
            cards.add(new Card(rest.get(i % rest.size()), Moment.ANY));
        }
        return cards;
    }

    private static Stream<Moment> named() {
        return Stream.of(Moment.values()).filter(moment -> moment != Moment.ANY);
    }

    private static Step step(int number, Card card, Random random) {
        Duration calm = Duration.ofMillis(random.nextLong(LONGEST_CALM_MILLIS));
        int target = random.nextInt(1_000);
        int parallelism = random.nextInt(1, WIDEST + 1);
        boolean impatient = random.nextInt(ONE_IMPATIENT_IN) == 0;
        return new Step(number, calm, card.fault(), card.moment(), target, parallelism, impatient);
    }

    @Override
    public String toString() {
        return "seed %d, %d faults%n".formatted(seed, steps.size())
                + steps.stream().map(Step::toString).collect(Collectors.joining("\n"));
    }
}
