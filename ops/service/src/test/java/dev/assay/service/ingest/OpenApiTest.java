package dev.assay.service.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.service.http.OpenApiDocument;
import dev.assay.service.http.OwnFile;
import dev.assay.service.http.Route;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private static final List<Route> ROUTES = ServedGateway.routes();

    @Test
    void theDocumentIsWhatTheRoutesSay() {
        OpenApiDocument.requireCurrent("dev/assay/service/ingest", ROUTES);
    }

    @Test
    void theDocumentIsValidAndDescribesExactlyTheRoutesThereAre() {
        assertThat(OpenApiDocument.validRoutes(OwnFile.read(Gateway.class, "openapi.json")))
                .isEqualTo(ROUTES.stream()
                        .map(route -> route.method() + " " + route.path())
                        .collect(Collectors.toSet()));
    }

    @Test
    void namesInCamelCaseAreDescribedAsDeprecatedAndOneOfTheTwoIsRequired() throws Exception {
        JsonNode schemas = new ObjectMapper()
                .readTree(OwnFile.read(Gateway.class, "openapi.json"))
                .at("/components/schemas");

        for (String old : List.of("Judgment/judgmentId", "Judgment/shownFirst", "JudgedResponse/responseId")) {
            JsonNode property = schemas.at("/" + old.replace("/", "/properties/"));
            assertThat(property.path("deprecated").asBoolean()).as(old).isTrue();
        }
        assertThat(schemas.at("/Judgment/required").toString()).isEqualTo("[\"responses\"]");
        assertThat(schemas.at("/Judgment/allOf/1").toString())
                .isEqualTo("{\"oneOf\":[{\"required\":[\"prompt_id\"]},{\"required\":[\"promptId\"]}]}");
    }
}
