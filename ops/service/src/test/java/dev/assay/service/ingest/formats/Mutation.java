package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Something made wrong in a payload. */
final class Mutation {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Mutation() {}

    /** @return the bytes with up to four of them changed, left out, doubled, or all after one cut off */
    static byte[] ofBytes(byte[] bytes, SplittableRandom random) {
        byte[] mutated = bytes;
        for (int i = random.nextInt(1, 5); i > 0 && mutated.length > 1; i--) {
            int at = random.nextInt(mutated.length);
            int kind = random.nextInt(40);
            if (kind == 0) {
                mutated = Arrays.copyOf(mutated, at);
            } else if (kind < 10) {
                byte[] shorter = Arrays.copyOf(mutated, mutated.length - 1);
                System.arraycopy(mutated, at + 1, shorter, at, shorter.length - at);
                mutated = shorter;
            } else {
                mutated = mutated.clone();
                mutated[at] = kind < 25 ? (byte) random.nextInt(256) : (byte) random.nextInt(32, 127);
            }
        }
        return mutated;
    }

    /** @return the tree with up to three nodes replaced, left out or moved */
    static JsonNode ofTree(JsonNode tree, SplittableRandom random) {
        JsonNode mutated = tree.deepCopy();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            List<JsonNode> containers = new ArrayList<>();
            collect(mutated, containers);
            if (containers.isEmpty()) {
                return mutated;
            }
            JsonNode container = containers.get(random.nextInt(containers.size()));
            if (container instanceof ObjectNode object && !object.isEmpty()) {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                String name = names.get(random.nextInt(names.size()));
                if (random.nextInt(4) == 0) {
                    object.remove(name);
                } else {
                    object.set(name, other(containers, random));
                }
            } else if (container instanceof ArrayNode array && !array.isEmpty()) {
                int at = random.nextInt(array.size());
                switch (random.nextInt(3)) {
                    case 0 -> array.remove(at);
                    case 1 -> array.set(at, other(containers, random));
                    default -> array.add(array.get(at).deepCopy());
                }
            }
        }
        return mutated;
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private static JsonNode other(List<JsonNode> containers, SplittableRandom random) {
        return switch (random.nextInt(16)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.textNode("");
            case 2 -> NODES.textNode(" ");
            case 3 -> NODES.textNode("x".repeat(600));
            case 4 -> NODES.textNode("\u0000\ud800$é\n");
            case 5 -> NODES.numberNode(random.nextInt());
            case 6 -> NODES.numberNode(random.nextLong());
            case 7 -> NODES.numberNode(random.nextDouble() * 1e300);
            case 8 -> NODES.numberNode(new BigDecimal("1e99999"));
            case 9 -> NODES.numberNode(BigInteger.TEN.pow(60));
            case 10 -> NODES.booleanNode(random.nextBoolean());
            case 11 -> NODES.arrayNode();
            case 12 -> NODES.objectNode();
            case 13 -> NODES.textNode("<View><Pairwise name=\"pw\" toName=\"a,b\"/></View>");
            default -> containers.get(random.nextInt(containers.size())).deepCopy();
        };
    }
}
