package dev.assay.estimator.simulation;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Seeded annotators, prompts and responses with known parameters. Judgment i is a function of seed and i alone, so a
 * producer that was interrupted goes on where it stopped. Feature values are floats, so that nothing is lost on the way.
 */
public final class Population {
    private static final double FEATURE_SPREAD = 0.5; // standard deviation of one feature of one response

    private final long seed;
    private final Campaign campaign;
    private final Parameters truth;
    private final List<List<Vector>> responses = new ArrayList<>();
    private final List<Integer> kindOfAnnotator = new ArrayList<>();

    public Population(long seed, Campaign campaign) {
        this.seed = seed;
        this.campaign = campaign;
        SplittableRandom random = new SplittableRandom(seed);
        truth = truth(random, campaign);
        for (int prompt = 0; prompt < campaign.prompts(); prompt++) {
            responses.add(Stream.generate(() -> features(random, campaign.rewardDimension()))
                    .limit(campaign.responses())
                    .toList());
        }
        for (int annotator = 0; annotator < campaign.annotators(); annotator++) {
            kindOfAnnotator.add(kind((annotator + 0.5) / campaign.annotators(), campaign));
        }
    }

    /** The demo's campaign. */
    public static Population seeded(long seed) {
        return new Population(seed, Campaign.DEMO);
    }

    public Campaign campaign() {
        return campaign;
    }

    /** θ and γ; γ has the kinds but the reference in their order, then fatigue. */
    public Parameters truth() {
        return truth;
    }

    /** Features φ of a response; size d; every number is a float. */
    public Vector response(int prompt, int response) {
        return responses.get(prompt).get(response);
    }

    /** Features of all responses to a prompt. */
    public List<Vector> responses(int prompt) {
        return responses.get(prompt);
    }

    public AnnotatorKind kindOf(int annotator) {
        return campaign.kinds().get(kindOfAnnotator.get(annotator));
    }

    public SimulatedJudgment judgment(long index) {
        // Any odd factor but the golden one: that is SplittableRandom's own step, and neighbours would share numbers.
        SplittableRandom random = new SplittableRandom(seed ^ (index + 1) * 0xD1342543DE82EF95L);
        int annotator = random.nextInt(campaign.annotators());
        double fatigue = (float) (random.nextDouble() - 0.5);
        int prompt = random.nextInt(campaign.prompts());
        int first = random.nextInt(campaign.responses());
        int second = (first + 1 + random.nextInt(campaign.responses() - 1)) % campaign.responses();
        String kind = kindOf(annotator).name();
        Comparison asked = comparison(new SimulatedJudgment(index, annotator, kind, fatigue, prompt, first, second, 1));
        double preference = random.nextDouble() < ChoiceModel.probability(asked.margin(truth)) ? 1 : 0;
        return new SimulatedJudgment(index, annotator, kind, fatigue, prompt, first, second, preference);
    }

    /** All judgments from that one on, without end. */
    public Stream<SimulatedJudgment> judgments(long from) {
        return LongStream.iterate(from, index -> index + 1).mapToObj(this::judgment);
    }

    /** Context features ψ; size k. */
    public Vector context(SimulatedJudgment judgment) {
        double[] context = new double[campaign.rationalityDimension()];
        int kind = kindOfAnnotator.get(judgment.annotator());
        if (kind > 0) {
            context[kind - 1] = 1;
        }
        context[context.length - 1] = judgment.fatigue();
        return Vector.of(context);
    }

    /** The judgment in numbers; ψ₀ = 1 and weight 1. */
    public Comparison comparison(SimulatedJudgment judgment) {
        Vector difference =
                response(judgment.prompt(), judgment.first()).minus(response(judgment.prompt(), judgment.second()));
        return new Comparison(1, context(judgment), difference, judgment.preference(), 1);
    }

    /** The first judgments in numbers. */
    public List<Comparison> comparisons(int count) {
        return judgments(0).limit(count).map(this::comparison).toList();
    }

    private static Parameters truth(SplittableRandom random, Campaign campaign) {
        double[] direction = new double[campaign.rewardDimension()];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = random.nextDouble() * 2 - 1;
        }
        Vector reward = Vector.of(direction);
        double spread = Math.sqrt(2) * FEATURE_SPREAD * reward.length();
        double[] rationality = new double[campaign.rationalityDimension()];
        for (int kind = 1; kind < campaign.kinds().size(); kind++) {
            rationality[kind - 1] = campaign.kinds().get(kind).rationality();
        }
        rationality[rationality.length - 1] = campaign.fatigueEffect();
        return new Parameters(reward.times(campaign.rewardSpread() / spread), Vector.of(rationality));
    }

    private static Vector features(SplittableRandom random, int size) {
        float[] features = new float[size];
        for (int i = 0; i < size; i++) {
            features[i] = (float) (FEATURE_SPREAD * random.nextGaussian());
        }
        return Vector.ofFloats(features);
    }

    private static int kind(double position, Campaign campaign) {
        double passed = 0;
        for (int kind = 0; kind < campaign.kinds().size(); kind++) {
            passed += campaign.kinds().get(kind).share();
            if (position < passed) {
                return kind;
            }
        }
        return 0;
    }
}
