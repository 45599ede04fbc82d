/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

@Timeout(60)
class WeightedBudgetTest {

    private static final long LIMIT = 1_000;
    private static final int THREADS = 6;

    private final ByteBudget total = new ByteBudget("queued", LIMIT);
    private final WeightedBudget budget = new WeightedBudget(total);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @BeforeEach
    void divide() {
        budget.divide(Map.of("noisy", 1, "quiet", 3, "third", 1));
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void half_is_guaranteed_by_weight_and_half_is_common() {
        assertThat(share("noisy").guaranteed()).isEqualTo(100);
        assertThat(share("quiet").guaranteed()).isEqualTo(300);
        assertThat(share("noisy").most()).isEqualTo(600);
        assertThat(share("quiet").most()).isEqualTo(800);
    }

    @Test
    void what_the_division_leaves_over_is_common() {
        budget.divide(Map.of("a", 1, "b", 1, "c", 1));

        assertThat(share("a").guaranteed()).isEqualTo(166);
        assertThat(share("a").most()).isEqualTo(166 + 502);
    }

    @Test
    void one_that_is_alone_may_have_everything() {
        budget.divide(Map.of("only", 7));

        assertThat(share("only").most()).isEqualTo(LIMIT);
        assertThat(share("only").tryAcquire(LIMIT)).isNotNull();
    }

    @Test
    void one_that_takes_all_it_gets_leaves_the_others_what_is_theirs() {
        assertThat(share("noisy").tryAcquire(600)).isNotNull();
        assertThat(share("noisy").tryAcquire(1)).isNull();

        assertThat(share("quiet").tryAcquire(301)).isNull();
        assertThat(share("quiet").tryAcquire(300)).isNotNull();
        assertThat(share("third").tryAcquire(100)).isNotNull();
        assertThat(budget.used()).isEqualTo(LIMIT);
    }

    @Test
    void what_comes_back_is_the_borrowed_part_first() {
        Permit first = share("noisy").tryAcquire(300);
        share("noisy").tryAcquire(300);

        first.close();

        assertThat(share("third").tryAcquire(400)).isNotNull();
        assertThat(share("noisy").tryAcquire(1)).isNull();
    }

    @Test
    void who_has_no_share_lives_on_what_is_common() {
        assertThat(share("unknown").tryAcquire(501)).isNull();
        assertThat(share("unknown").tryAcquire(500)).isNotNull();
        assertThat(share("noisy").tryAcquire(101)).isNull();
        assertThat(share("noisy").tryAcquire(100)).isNotNull();
    }

    @Test
    void what_must_be_held_comes_on_top_and_ends_borrowing_but_no_guarantee() {
        Permit fits = share("noisy").acquireRegardless(600);
        Permit onTop = share("noisy").acquireRegardless(5_000);
        assertThat(budget.used()).isEqualTo(5_600);

        assertThat(share("noisy").tryAcquire(1)).isNull();
        assertThat(share("quiet").tryAcquire(301)).isNull();
        assertThat(share("quiet").tryAcquire(300)).isNotNull();

        onTop.close();
        assertThat(share("noisy").tryAcquire(1)).isNull();
        fits.close();
        assertThat(budget.used()).as("all but what quiet took").isEqualTo(300);
        assertThat(share("noisy").tryAcquire(600)).isNotNull();
    }

    @Test
    void what_is_guaranteed_would_fit_also_while_more_is_borrowed_than_there_is() {
        share("noisy").acquireRegardless(5_000);

        assertThat(share("quiet").wouldFit(300)).isTrue();
        assertThat(share("quiet").wouldFit(301)).isFalse();
        assertThat(share("quiet").tryAcquire(300)).isNotNull();
        assertThat(share("quiet").wouldFit(1)).isFalse();
    }

    @Test
    void dividing_anew_counts_what_is_out_and_never_lets_more_than_the_whole_out() {
        Permit noisy = share("noisy").tryAcquire(600);
        Permit third = share("third").tryAcquire(100);

        budget.divide(Map.of("quiet", 1, "new", 1, "noisy", 2));

        assertThat(share("new").guaranteed()).isEqualTo(125);
        assertThat(share("quiet").tryAcquire(125)).isNotNull();
        assertThat(share("new").tryAcquire(125)).isNotNull();
        assertThat(share("new").tryAcquire(51)).isNull();
        assertThat(total.used()).isEqualTo(950);

        third.close();
        noisy.close();
        assertThat(share("noisy").tryAcquire(750)).isNotNull();
        assertThat(total.used()).isEqualTo(LIMIT);
    }

    @Test
    void what_a_holder_that_was_dropped_has_out_is_borrowed() {
        share("third").tryAcquire(100);

        budget.divide(Map.of("quiet", 1, "new", 1));

        assertThat(share("new").tryAcquire(651)).isNull();
        assertThat(share("new").tryAcquire(650)).isNotNull();
        assertThat(share("quiet").tryAcquire(250)).as("what is guaranteed").isNotNull();
    }

    @Test
    void a_part_that_others_still_have_out_is_refused_and_not_charged() {
        share("noisy").tryAcquire(600);
        share("quiet").tryAcquire(300);
        Permit third = share("third").tryAcquire(100);

        budget.divide(Map.of("new", 1));

        assertThat(share("new").tryAcquire(1)).isNull();
        assertThat(share("new").used()).isZero();
        third.close();
        assertThat(share("new").tryAcquire(101)).isNull();
        assertThat(share("new").tryAcquire(100)).isNotNull();
        assertThat(total.used()).isEqualTo(LIMIT);
    }

    @Test
    void limits_beyond_all_memory_are_no_overflow() {
        WeightedBudget boundless = new WeightedBudget(new ByteBudget("all", Long.MAX_VALUE));
        boundless.divide(Map.of("a", 1_000, "b", 1));

        assertThat(boundless.share("b").tryAcquire(Long.MAX_VALUE / 2)).isNotNull();
        assertThat(boundless.share("b").tryAcquire(Long.MAX_VALUE)).isNull();
    }

    /**
     * One takes whatever it gets on many threads, while two others never ask for more than theirs.
     */
    @Test
    void a_guaranteed_byte_is_never_refused_whatever_races() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < THREADS - 2; i++) {
            Random random = new Random(i);
            all.add(threads.submit(() -> takeWhateverComes(random)));
        }
        all.add(threads.submit(() -> takeNoMoreThan(share("quiet"), 300)));
        all.add(threads.submit(() -> takeNoMoreThan(share("third"), 100)));
        for (Future<?> each : all) {
            each.get();
        }

        assertThat(total.used()).isZero();
        for (String name : List.of("noisy", "quiet", "third")) {
            assertThat(share(name).used()).as(name).isZero();
        }
        // Nothing of the common part has leaked either.
        assertThat(share("noisy").tryAcquire(600)).isNotNull();
    }

    private void takeWhateverComes(Random random) {
        List<Permit> held = new ArrayList<>();
        for (int round = 0; round < 100_000; round++) {
            Permit permit = share("noisy").tryAcquire(1 + random.nextInt(50));
            if (permit != null) {
                held.add(permit);
            }
            if (held.size() > 3 || permit == null) {
                held.forEach(Permit::close);
                held.clear();
            }
            assertThat(total.used()).isLessThanOrEqualTo(LIMIT);
        }
        held.forEach(Permit::close);
    }

    private static void takeNoMoreThan(ByteShare share, long bytes) {
        for (int round = 0; round < 100_000; round++) {
            Permit one = share.tryAcquire(bytes / 2);
            Permit two = share.tryAcquire(bytes - bytes / 2);
            assertThat(one).as("round %d", round).isNotNull();
            assertThat(two).as("round %d", round).isNotNull();
            two.close();
            one.close();
        }
    }

    private ByteShare share(String name) {
        return budget.share(name);
    }
}
