package dev.assay.service.ingest.formats;

import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * What a Label Studio labelling interface says of its responses.
 *
 * @param pairwise names of the Pairwise tags to the names of the objects they compare, left one first
 * @param shows names of objects to the field of the task's data each shows
 */
record LabelConfig(Map<String, List<String>> pairwise, Map<String, String> shows) {
    static final LabelConfig NOTHING = new LabelConfig(Map.of(), Map.of());
    private static final int LONGEST = 1 << 20;

    /** @param xml as in {@code project.label_config}; no document type, no external entities */
    static LabelConfig parse(String xml) throws JsonRefusal {
        if (xml.length() > LONGEST) {
            throw new JsonRefusal("label_config must have at most " + LONGEST + " characters, has " + xml.length());
        }
        NodeList elements;
        try {
            elements = parser().parse(new InputSource(new StringReader(xml))).getElementsByTagName("*");
        } catch (SAXException | IOException e) {
            throw new JsonRefusal("label_config must be XML without a document type: " + Shown.of(e.getMessage()));
        }
        Map<String, List<String>> pairwise = new LinkedHashMap<>();
        Map<String, String> shows = new HashMap<>();
        for (int i = 0; i < elements.getLength(); i++) {
            Element tag = (Element) elements.item(i);
            String name = tag.getAttribute("name");
            String value = tag.getAttribute("value");
            if (tag.getTagName().equals("Pairwise")) {
                List<String> compared =
                        List.of(tag.getAttribute("toName").strip().split("\\s*,\\s*"));
                if (compared.size() != 2) {
                    throw new JsonRefusal("toName of the Pairwise tag " + Shown.of(name) + " must name 2 objects, was "
                            + Shown.of(compared));
                }
                pairwise.put(name, compared);
            } else if (!name.isEmpty() && value.startsWith("$")) {
                shows.put(name, value.substring(1));
            }
        }
        return new LabelConfig(pairwise, shows);
    }

    private static DocumentBuilder parser() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder parser = factory.newDocumentBuilder();
            parser.setErrorHandler(new Strict());
            return parser;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's own XML parser refuses to be strict", e);
        }
    }

    /** @return fields of the two responses, left one first */
    List<String> responses(@Nullable String tag) throws JsonRefusal {
        if (tag == null && pairwise.size() != 1) {
            throw new JsonRefusal("label_config must have one Pairwise tag, has " + pairwise.size()
                    + ": set label-studio." + (pairwise.isEmpty() ? "responses" : "pairwise"));
        }
        List<String> compared = tag == null ? pairwise.values().iterator().next() : pairwise.get(tag);
        if (compared == null) {
            throw new JsonRefusal(
                    "label_config must have a Pairwise tag " + Shown.of(tag) + ", has " + Shown.of(pairwise.keySet()));
        }
        return List.of(field(compared.get(0)), field(compared.get(1)));
    }

    private String field(String object) throws JsonRefusal {
        String field = shows.get(object);
        if (field == null) {
            throw new JsonRefusal(
                    "label_config must say with value=\"$field\" what " + Shown.of(object) + " shows, does not");
        }
        return field;
    }

    /** The parser's own prints to the console. */
    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {
            // nothing that keeps us from reading
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
