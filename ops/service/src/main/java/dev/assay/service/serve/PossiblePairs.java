package dev.assay.service.serve;

import dev.assay.service.http.HttpProblem;
import dev.assay.service.serve.SuggestRoute.Named;
import dev.assay.service.serve.SuggestRoute.PairBody;
import dev.assay.service.serve.SuggestRoute.PromptBody;
import dev.assay.service.serve.desk.ResponseBody;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pairs of a request that could be judged, and all its responses in the order in which their features are made. */
final class PossiblePairs {
    private static final int MOST_NUMBERS =
            1 << 23; // of options times parameters: some 200 MiB with all that is around them
    private static final int MOST_OPTIONS = 50_000;

    private final List<Option> options = new ArrayList<>();
    private final List<@Nullable ResponseBody> responses = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private PossiblePairs() {}

    /** A pair that could be judged, with how the answer names it; both are rows of the features. */
    record Option(Named named, int first, int second) {}

    /** @throws HttpProblem 400 unless there are pairs or prompts, not both */
    static PossiblePairs of(@Nullable List<@Nullable PairBody> pairs, @Nullable List<@Nullable PromptBody> prompts) {
        if ((pairs == null) == (prompts == null)) {
            throw HttpProblem.of(
                    400, "either pairs or prompts must be given, was " + (pairs == null ? "neither" : "both"));
        }
        PossiblePairs possible = new PossiblePairs();
        for (int i = 0; pairs != null && i < pairs.size(); i++) {
            possible.addPair(i, pairs.get(i));
        }
        for (int i = 0; prompts != null && i < prompts.size(); i++) {
            possible.addPrompt(i, prompts.get(i));
        }
        if (possible.options.isEmpty()) {
            throw HttpProblem.of(400, (pairs != null ? "pairs" : "prompts") + " must have at least one pair, had none");
        }
        return possible;
    }

    private int add(String name, @Nullable ResponseBody response) {
        responses.add(response);
        names.add(name);
        return responses.size() - 1;
    }

    private void addPair(int index, @Nullable PairBody pair) {
        String name = "pairs[" + index + "]";
        if (pair == null) {
            throw HttpProblem.of(400, name + " must be an object, was null");
        }
        ResponseBody.checkId(name, pair.id());
        int first = add(name + ".first", pair.first());
        int second = add(name + ".second", pair.second());
        options.add(new Option(new Named(index, null, pair.id(), null, null), first, second));
    }

    private void addPrompt(int index, @Nullable PromptBody prompt) {
        String name = "prompts[" + index + "]";
        if (prompt == null || prompt.candidates() == null) {
            throw HttpProblem.of(400, name + " must be an object with candidates, was without");
        }
        ResponseBody.checkId(name, prompt.id());
        int from = responses.size();
        for (int i = 0; i < prompt.candidates().size(); i++) {
            add(name + ".candidates[" + i + "]", prompt.candidates().get(i));
        }
        for (int first = from; first < responses.size(); first++) {
            for (int second = first + 1; second < responses.size(); second++) {
                Named named = new Named(null, index, prompt.id(), first - from, second - from);
                options.add(new Option(named, first, second));
                requireRoom(options.size(), 1, 1); // before the memory is gone
            }
        }
    }

    /** @throws HttpProblem 400 if the design would take too much memory */
    static void requireRoom(int pairs, int contexts, int parameters) {
        long most = Math.min(MOST_OPTIONS, MOST_NUMBERS / parameters);
        if ((long) pairs * contexts > most) {
            throw HttpProblem.of(
                    400,
                    "pairs times annotators must be at most " + most + " for " + parameters + " parameters, were "
                            + (long) pairs * contexts);
        }
    }

    List<Option> options() {
        return options;
    }

    List<@Nullable ResponseBody> responses() {
        return responses;
    }

    /** @return of each response in the request */
    List<String> names() {
        return names;
    }
}
