package dev.assay.service.ingest.formats;

import dev.assay.service.ingest.table.ContentId;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Trees of OpenAssistant: at each message of a prompter its replies are ranked, 0 the best, which makes one judgment. Ranks are
 * those of all who took part together, so nobody is its annotator.
 */
final class OasstTree implements Items {
    private static final String SOURCE = "oasst";
    static final Format FORMAT = Format.of(SOURCE, Format.has("message_tree_id", "prompt"), new OasstTree());

    /** A message and what was said before it. */
    private record Node(JsonPlace message, String path) {}

    @Override
    public List<Intake> read(JsonPlace tree) throws JsonRefusal {
        List<Intake> found = new ArrayList<>();
        Deque<Node> open = new ArrayDeque<>();
        open.add(new Node(tree.at("prompt").object(), ""));
        while (!open.isEmpty()) { // not by recursion: a tree may be deep
            Node node = open.removeFirst();
            String text = node.message().at("text").text();
            String path = node.path().isEmpty() ? text : node.path() + "\n\n" + text;
            JsonPlace replies = node.message().at("replies");
            List<JsonPlace> each = replies.present() ? replies.list() : List.of();
            for (JsonPlace reply : each) {
                open.add(new Node(reply.object(), path));
            }
            if (node.message().at("role").text().equals("prompter")) {
                List<JsonPlace> ranked = each.stream()
                        .filter(reply -> reply.at("rank").present())
                        .toList();
                if (ranked.size() >= 2) {
                    found.add(Items.part(() -> judged(tree, node.message(), path, ranked, each.size())));
                }
            }
        }
        return found.isEmpty() ? List.of(new Intake.Ignored("a tree without ranked replies")) : found;
    }

    private static Intake judged(JsonPlace tree, JsonPlace asked, String path, List<JsonPlace> replies, int all)
            throws JsonRefusal {
        if (replies.size() > Neutral.MOST_RESPONSES) {
            throw asked.at("replies").must("have at most " + Neutral.MOST_RESPONSES + " ranked replies");
        }
        String id = SOURCE + ":" + asked.at("message_id").id();
        JudgmentBuilder builder = new JudgmentBuilder(SOURCE, id, ContentId.of(path))
                .asked(path)
                .inSession(tree.at("message_tree_id").optionalId())
                .contextOf(asked, "lang");
        List<Integer> ranks = new ArrayList<>();
        for (JsonPlace reply : replies) {
            builder.response(null, reply.at("text").text());
            int rank = reply.at("rank").whole(0, Integer.MAX_VALUE);
            int better = 0;
            for (JsonPlace other : replies) {
                better += other.at("rank").whole(0, Integer.MAX_VALUE) < rank ? 1 : 0;
            }
            ranks.add(1 + better);
        }
        return (replies.size() < all ? builder.remark("has replies without a rank, which are left out") : builder)
                .ranked(ranks);
    }
}
