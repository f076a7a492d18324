package dev.assay.service.serve.dropin;

import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.Candidate;
import dev.assay.estimator.selection.Centring;
import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.Request;
import dev.assay.service.http.Route;
import dev.assay.service.serve.desk.Head;
import dev.assay.service.serve.desk.Readiness;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.features.SentResponse;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.score.Scored;
import dev.assay.streams.score.ScoringOptions;
import dev.assay.streams.settings.ServeSettings.RewardKind;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/** The drop-in contracts over HTTP. */
public final class DropIns {
    /** Rewards must mean the same from request to request, so they are counted from the feature space's origin. */
    private static final ScoringOptions OPTIONS =
            new ScoringOptions(null, null, CovarianceKind.AUTOMATIC, Centring.FEATURE_SPACE);

    private static final String VERSION = "Assay-Parameter-Version";
    private static final String FEATURE_SPACE = "Assay-Feature-Space";

    private final ScoringDesk desk;
    private final ToDoubleFunction<Interval> choice;
    private final Readiness readiness;

    /**
     * @param desk answers from the newest snapshot
     * @param kind what is called the reward
     * @param readiness as of the server
     */
    public DropIns(ScoringDesk desk, RewardKind kind, Readiness readiness) {
        this.desk = desk;
        this.choice = kind == RewardKind.LOWER ? Interval::lower : Interval::estimate;
        this.readiness = readiness;
    }

    /** All of them. */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(OpenRlhf.route(this));
        routes.addAll(Rerank.routes(this));
        routes.add(Classify.route(this));
        routes.addAll(new KServeRoutes(this, desk, readiness).routes());
        return routes;
    }

    /** Posted to, by texts alone. */
    Route posted(String path, BiFunction<Request, Rewarding, Object> answer) {
        return withHeaders(Route.post(path, request -> new HttpAnswer(200, answer.apply(request, rewarding(request)))))
                .refuses(503);
    }

    static Route withHeaders(Route route) {
        return route.withHeader(VERSION, "ParameterVersion").withHeader(FEATURE_SPACE, "FeatureSpace");
    }

    /** Most of these contracts have no place in the body for what the numbers come from; the headers have. */
    Rewarding rewarding(Request request) {
        return (field, responses) -> {
            Rewards rewards = rewards(field, responses);
            request.answerHeader(VERSION, Long.toString(rewards.origin().parameterVersion()));
            request.answerHeader(FEATURE_SPACE, rewards.origin().featureSpace());
            return rewards;
        };
    }

    /** The same request has the same id: nobody here draws one. */
    static String id(Request request) {
        return UUID.nameUUIDFromBytes(request.body()).toString().replace("-", "");
    }

    private Rewards rewards(String field, List<SentResponse> responses) {
        Scored scored = desk.scored(OPTIONS, field, responses);
        ParameterSnapshot snapshot = scored.scoring().snapshot();
        return new Rewards(
                snapshot.model(),
                new Rewards.Origin(
                        snapshot.version(),
                        snapshot.spaces().featureSpace(),
                        Head.word(scored.scoring().covarianceChoice()),
                        scored.scoring().quantile()),
                scored.candidates().stream().map(Candidate::reward).toList(),
                choice);
    }
}
