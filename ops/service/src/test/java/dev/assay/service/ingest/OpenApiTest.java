package dev.assay.service.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    @Test
    void theDocumentIsValidAndDescribesExactlyTheRoutesThereAre() throws Exception {
        try (var document = OpenApiTest.class.getResourceAsStream("openapi.json")) {
            assertThat(document).isNotNull();
            SwaggerParseResult read =
                    new OpenAPIV3Parser().readContents(new String(document.readAllBytes(), StandardCharsets.UTF_8));

            assertThat(read.getMessages()).isEmpty();
            assertThat(routes(read.getOpenAPI()))
                    .isEqualTo(Arrays.stream(Endpoint.values())
                            .map(endpoint -> endpoint.method() + " " + endpoint.path())
                            .collect(Collectors.toSet()));
        }
    }

    private static Set<String> routes(OpenAPI described) {
        Set<String> routes = new HashSet<>();
        described
                .getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((method, operation) -> routes.add(method + " " + path)));
        return routes;
    }
}
