package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** docker-compose.yml: what every service of it must be, and that it is no other deployment than the example. */
class ComposeTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    @Test
    void everyServiceIsHardenedBoundedAndPinned() throws IOException {
        assertThat(services("docker-compose.yml")).hasSizeGreaterThan(10).allSatisfy((name, service) -> {
            assertThat(service)
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsEntry("security_opt", List.of("no-new-privileges:true"))
                    .containsKeys("restart", "mem_limit", "cpus", "pids_limit");
            // A number, because a name of the image's could be root; and not 0.
            assertThat((String) service.get("user")).matches("[1-9][0-9]*:[0-9]+");
            // A version with at least two numbers, or what is built here.
            assertThat((String) service.get("image")).matches(".+:v?\\d+(\\.\\d+)+|assay:local");
        });
    }

    @Test
    void everyPortIsPublishedOnLoopbackAndOnlyOnce() throws IOException {
        List<String> ports = services("docker-compose.yml").values().stream()
                .flatMap(service -> texts(service.get("ports")).stream())
                .toList();
        assertThat(ports).isNotEmpty().allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
        assertThat(ports.stream().map(port -> port.split(":", -1)[1])).doesNotHaveDuplicates();
    }

    @Test
    void everyFileThatIsMountedIsThereAndEveryVolumeDeclared() throws IOException {
        Map<String, Object> compose = read("docker-compose.yml");
        Set<String> declared = services(compose, "volumes").keySet();
        for (Map<String, Object> service : services("docker-compose.yml").values()) {
            for (String volume : texts(service.get("volumes"))) {
                String source = volume.split(":", -1)[0];
                if (source.startsWith("./")) {
                    assertThat(ROOT.resolve(source)).exists();
                } else {
                    assertThat(declared).contains(source);
                }
            }
        }
    }

    @Test
    void theLocalImagesAreForServicesThatThereAre() throws IOException {
        assertThat(services("docker-compose.yml").keySet())
                .containsAll(services("ops/docker/compose.local.yml").keySet());
    }

    private static Map<String, Map<String, Object>> services(String file) throws IOException {
        return services(read(file), "services");
    }

    @SuppressWarnings("unchecked") // of the schema of compose files
    private static Map<String, Map<String, Object>> services(Map<String, Object> compose, String key) {
        return (Map<String, Map<String, Object>>) Objects.requireNonNull(compose.get(key), key);
    }

    private static Map<String, Object> read(String file) throws IOException {
        return new Yaml().load(Files.readString(ROOT.resolve(file))); // which knows merges, as Jackson does not
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(@Nullable Object list) {
        return list == null ? List.of() : (List<String>) list;
    }
}
