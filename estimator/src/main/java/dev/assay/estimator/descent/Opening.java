package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Aliasing;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.Precision;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.Wanted;
import java.util.List;

/**
 * How every descent begins: the moments are asked for. They prove whether the judgments can determine the parameters, and give
 * the coordinates, the prior and, unless there is one, the start.
 *
 * @param warm      whether the point asked about is a start, rather than one to be found from the moments
 * @param precision what the judgments need to step by, as far as is known
 */
record Opening(boolean warm, Precision precision) implements Method.State {
    /** The first steps of a descent, once it knows its problem. */
    interface First {
        /** @param moments the answer they were found from */
        Step.Ask ask(int round, Problem problem, Parameters start, Answer moments);
    }

    static Step.Ask begin(Start start) {
        return new Step.Ask(
                0,
                new Question(start.point(), Wanted.MOMENTS),
                new Opening(!(start instanceof Start.Cold), Precision.FAST));
    }

    /** The moments are there: the end, the same question more exactly, or what the descent asks first. */
    Step advance(Step.Ask asked, Answer answer, FitConfig config, First first) {
        Question question = asked.question();
        Parameters point = question.point();
        MomentCheck check = MomentCheck.of(answer, point);
        if (check.wantsPrecision() && question.wanted().precision() != Precision.ALL) {
            return new Step.Ask(
                    asked.round() + 1,
                    new Question(point, Wanted.MOMENTS.with(Precision.ALL)),
                    new Opening(warm, Precision.ALL));
        }
        double ridge = Math.max(config.ridge(), check.curable() ? config.weakPrior() : 0);
        int d = point.reward().size();
        int k = point.rationality().size();
        Aliasing aliasing = ridge > 0 ? Aliasing.none(d + k) : check.aliasing();
        Answer known = SetAside.masked(point, answer, aliasing);
        List<Diagnostic> left =
                aliasing.isNone() ? check.found() : MomentCheck.of(known, point).found();
        if (!left.isEmpty() && !(check.curable() && ridge > 0)) {
            return Ending.impossible(asked.round(), point, answer, check.found());
        }
        Answer moments = Ridge.penalised(question, known, ridge);
        Standardisation coordinates = Standardisation.of(moments, d, k);
        Parameters start =
                warm ? Parameters.of(aliasing.masked(point.joint()), d) : MomentStart.of(moments, coordinates, d, k);
        return first.ask(asked.round() + 1, new Problem(coordinates, ridge, precision, aliasing), start, answer);
    }
}
