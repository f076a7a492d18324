package dev.assay.bench.streaming;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process holds on its heap after a collection, by {@code jcmd}. */
final class HeapOf {
    private static final Pattern USED = Pattern.compile("(?:PSYoungGen|ParOldGen).*used (\\d+)K");

    private HeapOf() {}

    /** @return megabytes in use after a full collection */
    static double megabytes(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
        double kilobytes = 0;
        while (used.find()) {
            kilobytes += Double.parseDouble(used.group(1));
        }
        return kilobytes / 1024;
    }

    private static String jcmd(long pid, String what) throws IOException, InterruptedException {
        String command = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(command, Long.toString(pid), what)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + what + " said: " + said);
        }
        return said;
    }
}
