package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.service.ingest.table.ContentId;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.settings.CallerRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Label Studio: webhook bodies, and the tasks of its JSON export. The source of a judgment is {@code label-studio/PROJECT},
 * so that one project can be compared with its export file without touching another's judgments.
 */
final class LabelStudio implements Items {
    private static final String SOURCE = "label-studio";
    static final Format FORMAT =
            new Format(SOURCE, LabelStudio::recognises, (settings, source) -> new LabelStudio(settings), true);

    /** Static headers are all it can send, hence a token. Its payloads carry their label_config. */
    static final Webhook WEBHOOK = new Webhook(
            SOURCE,
            "Label Studio's webhooks: annotations created, updated, deleted",
            CallerRole.WRITE,
            settings -> new LabelStudio(settings.with(null)),
            null);

    private static final Set<String> MADE = Set.of("ANNOTATION_CREATED", "ANNOTATION_UPDATED", "ANNOTATIONS_CREATED");
    private static final Set<String> DELETED = Set.of("ANNOTATION_DELETED", "ANNOTATIONS_DELETED");
    private static final String RECONCILE =
            "; Label Studio does not send it again: compare with an export file (assay ingest --reconcile)";

    private final LabelStudioSettings settings;
    private final @Nullable String givenConfig;
    private volatile Parsed parsed = new Parsed("", LabelConfig.NOTHING);

    LabelStudio(PlatformSettings platforms) {
        settings = new LabelStudioSettings(platforms.of(SOURCE));
        givenConfig = platforms.labelConfig();
    }

    /** A task, or a webhook body that somebody kept. */
    private static boolean recognises(JsonNode item) {
        return Format.has("annotations", "data").test(item)
                || (item.path("action").isTextual() && item.has("project"));
    }

    @Override
    public List<Intake> read(JsonPlace item) throws JsonRefusal {
        return item.at("action").present() ? webhook(item) : exported(item);
    }

    private List<Intake> webhook(JsonPlace body) throws JsonRefusal {
        String action = body.at("action").text();
        if (DELETED.contains(action)) {
            return deleted(body, action);
        }
        if (action.equals("TASKS_DELETED")) {
            return List.of(
                    new Intake.NotUnderstood("TASKS_DELETED does not name the annotations that went" + RECONCILE));
        }
        if (!MADE.contains(action)) {
            return List.of(new Intake.Ignored("action " + Shown.of(action)));
        }
        JsonPlace annotation = body.at("annotation");
        if (!annotation.present()) {
            return List.of(new Intake.NotUnderstood(
                    "a webhook without payload (send_payload=false): turn payloads on" + RECONCILE));
        }
        String project = body.at("project").at("id").optionalId();
        String config = body.at("project").at("label_config").optionalText();
        if (annotation.value() != null && annotation.value().isArray()) {
            List<Intake> found = new ArrayList<>();
            for (JsonPlace each : annotation.list()) {
                JsonPlace task = task(body.at("task"), each);
                found.add(Items.part(() -> annotated(each, task, project, config)));
            }
            return found.isEmpty() ? List.of(new Intake.Ignored("no annotations")) : found;
        }
        JsonPlace task = task(body.at("task"), annotation);
        return List.of(Items.part(() -> annotated(annotation, task, project, config)));
    }

    /** The task of an annotation, which is the only one, or that of a list whose id the annotation names. */
    private static JsonPlace task(JsonPlace given, JsonPlace annotation) throws JsonRefusal {
        if (given.value() == null || !given.value().isArray()) {
            return given;
        }
        String wanted = annotation.at("task").id();
        for (JsonPlace task : given.list()) {
            if (wanted.equals(task.at("id").optionalId())) {
                return task;
            }
        }
        throw given.must("have the task " + Shown.of(wanted));
    }

    private static List<Intake> deleted(JsonPlace body, String action) throws JsonRefusal {
        JsonPlace named = body.at("annotations").present() ? body.at("annotations") : body.at("annotation");
        if (!named.present()) {
            return List.of(new Intake.NotUnderstood(action + " without the ids of annotations" + RECONCILE));
        }
        List<Intake> found = new ArrayList<>();
        for (JsonPlace each : named.value() != null && named.value().isArray() ? named.list() : List.of(named)) {
            found.add(new Intake.WithdrawnById(SOURCE, each.at("id").id()));
        }
        return found.isEmpty() ? List.of(new Intake.Ignored("no annotations")) : found;
    }

    private List<Intake> exported(JsonPlace task) throws JsonRefusal {
        List<Intake> found = new ArrayList<>();
        for (JsonPlace annotation : task.at("annotations").list()) {
            JsonPlace project = task.at("project").present() ? task.at("project") : annotation.at("project");
            String named = project.optionalId();
            found.add(Items.part(() -> annotated(annotation, task, named, null)));
        }
        return found.isEmpty() ? List.of(new Intake.Ignored("a task without annotations")) : found;
    }

    private Intake annotated(JsonPlace annotation, JsonPlace task, @Nullable String project, @Nullable String config)
            throws JsonRefusal {
        String annotationId = annotation.object().at("id").id();
        String judgmentId = SOURCE + ":" + annotationId;
        String annotator = annotator(annotation.at("completed_by"));
        String source = project == null ? SOURCE : SOURCE + "/" + project;
        if (annotation.at("was_cancelled").flag()) {
            return new Intake.Withdrawn(new Retraction(judgmentId, annotator, source));
        }
        List<Integer> ranking = ranking(annotation.at("result"));
        return builder(source, judgmentId, annotation, task, config)
                .by(annotator)
                .calledThere(annotationId)
                .ranked(ranking);
    }

    /** A user's number, or an object that has it. Null: anonymous. */
    private @Nullable String annotator(JsonPlace completedBy) throws JsonRefusal {
        JsonPlace user =
                completedBy.value() != null && completedBy.value().isObject() ? completedBy.at("id") : completedBy;
        return user.present() ? settings.annotatorPrefix + user.id() : null;
    }

    private List<Integer> ranking(JsonPlace result) throws JsonRefusal {
        List<Integer> pairwise = null;
        List<Integer> chosen = null;
        String unknown = null;
        for (JsonPlace region : result.list()) {
            String type = region.object().at("type").optionalText();
            String tag = region.at("from_name").optionalText();
            if ("pairwise".equals(type) && (settings.pairwise == null || settings.pairwise.equals(tag))) {
                if (pairwise != null) {
                    throw new JsonRefusal(
                            "result must have one pairwise region, has several: set label-studio.pairwise");
                }
                pairwise = selected(region.at("value").at("selected"));
            } else if ("choices".equals(type)) {
                JsonPlace choices = region.at("value").at("choices");
                List<Integer> said = chosen(choices);
                chosen = said == null ? chosen : said;
                if (said == null && !choices.list().isEmpty()) {
                    unknown = "choice \"" + Shown.of(choices.list().get(0).text()) + "\" of \"" + Shown.of(tag)
                            + "\" is none of ";
                }
            }
        }
        if (chosen != null && (pairwise == null || chosen.equals(Ranks.TIE))) {
            return chosen; // a tie beside a selection: the tag has no way to say it
        }
        if (pairwise == null) {
            String known = settings.firstChoices + ", " + settings.secondChoices + " or " + settings.tieChoices;
            throw new JsonRefusal(
                    unknown == null
                            ? "result must hold a pairwise region, or a choice of " + known + ", does not"
                            : unknown + known + ": set label-studio.first-choices, second-choices and tie-choices in"
                                    + " --mapping");
        }
        return pairwise;
    }

    private static List<Integer> selected(JsonPlace selected) throws JsonRefusal {
        return switch (selected.text()) {
            case "left" -> Ranks.FIRST;
            case "right" -> Ranks.SECOND;
            default -> throw selected.must("be left or right");
        };
    }

    private @Nullable List<Integer> chosen(JsonPlace choices) throws JsonRefusal {
        for (JsonPlace choice : choices.list()) {
            String said = choice.text().toLowerCase(Locale.ROOT);
            if (settings.tieChoices.contains(said)) {
                return Ranks.TIE;
            }
            if (settings.firstChoices.contains(said)) {
                return Ranks.FIRST;
            }
            if (settings.secondChoices.contains(said)) {
                return Ranks.SECOND;
            }
        }
        return null; // a choice about something else
    }

    private JudgmentBuilder builder(
            String source, String judgmentId, JsonPlace annotation, JsonPlace task, @Nullable String config)
            throws JsonRefusal {
        JsonPlace data = task.at("data").object();
        List<String> fields =
                settings.responses.isEmpty() ? config(config).responses(settings.pairwise) : settings.responses;
        JsonPlace time =
                annotation.at("updated_at").present() ? annotation.at("updated_at") : annotation.at("created_at");
        JudgmentBuilder builder = new JudgmentBuilder(source, judgmentId, promptId(data, task))
                .asked(data.at(settings.prompt).present() ? words(data.at(settings.prompt)) : null)
                .at(time.optionalTime())
                .firstShownFirst()
                .contextOf(annotation, "lead_time", "ground_truth")
                .contextOf(data, settings.context);
        for (int i = 0; i < 2; i++) {
            String policy = settings.policies.isEmpty()
                    ? null
                    : data.at(settings.policies.get(i)).optionalId();
            float[] vector = settings.vectors.isEmpty()
                    ? null
                    : data.at(settings.vectors.get(i)).optionalVector();
            String text = data.at(fields.get(i)).text();
            if (settings.responseIds.isEmpty()) {
                builder.response(policy, text, vector);
            } else {
                builder.response(data.at(settings.responseIds.get(i)).id(), policy, text, vector);
            }
        }
        return builder;
    }

    private static String words(JsonPlace prompt) {
        JsonNode value = prompt.value();
        return value != null && value.isTextual() ? value.textValue() : String.valueOf(value);
    }

    private String promptId(JsonPlace data, JsonPlace task) throws JsonRefusal {
        JsonPlace prompt = data.at(settings.prompt);
        if (prompt.present()) {
            return ContentId.of(String.valueOf(prompt.value()));
        }
        return SOURCE + ":task:" + task.at("id").id();
    }

    private LabelConfig config(@Nullable String sent) throws JsonRefusal {
        String xml = sent == null ? givenConfig : sent;
        if (xml == null) {
            throw new JsonRefusal("the label_config is missing, which says what left and right are: give it with"
                    + " --label-config, or set label-studio.responses");
        }
        Parsed newest = parsed; // read once: webhooks come on several threads
        if (!xml.equals(newest.xml())) {
            newest = new Parsed(xml, LabelConfig.parse(xml));
            parsed = newest;
        }
        return newest.config();
    }

    private record Parsed(String xml, LabelConfig config) {}
}
