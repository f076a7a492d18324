package dev.assay.service.serve.dashboard;

/**
 * All that has been seen up to one moment.
 *
 * @param activity reruns, versions and events
 * @param refusals of judgments
 * @param annotators of all shards
 */
public record DashboardState(Activity activity, Refusals refusals, Annotators annotators) {
    /** Nothing yet. */
    public static final DashboardState NOTHING =
            new DashboardState(Activity.NOTHING, Refusals.NONE, Annotators.UNKNOWN);
}
