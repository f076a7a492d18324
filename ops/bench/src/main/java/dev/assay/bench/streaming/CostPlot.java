package dev.assay.bench.streaming;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The plot of {@code ops/docs/cost.md}: how often updates can be had, by parameters and shards. */
final class CostPlot {
    private static final int[] SHARDS = {4, 16, 64, 256};
    private static final Color[] COLOURS = { // Okabe and Ito's, as all plots of the project
        new Color(0, 114, 178), new Color(213, 94, 0), new Color(0, 158, 115), new Color(204, 121, 167)
    };
    private static final double[] PARAMETERS =
            IntStream.rangeClosed(10, 22).mapToDouble(i -> Math.pow(2, i / 2.0)).toArray();
    private static final double CONTEXT_SHARE = 1.0 / 9; // k of p, as 16 of 144
    private static final double COORDINATOR_BYTES = 50e6; // a second

    private CostPlot() {}

    static void write(Path file) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(720)
                .height(420)
                .title("Least seconds between updates, if the coordinator reads 50 MB/s")
                .xAxisTitle("parameters p")
                .yAxisTitle("seconds")
                .build();
        Styler style = chart.getStyler();
        style.setChartBackgroundColor(Color.WHITE);
        style.setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        for (int i = 0; i < SHARDS.length; i++) {
            int shards = SHARDS[i];
            double[] seconds = IntStream.range(0, PARAMETERS.length)
                    .mapToDouble(j -> shards * report(PARAMETERS[j]) / COORDINATOR_BYTES)
                    .toArray();
            line(chart, shards + " shards", seconds, COLOURS[i]);
        }
        line(
                chart,
                "default",
                IntStream.range(0, PARAMETERS.length).mapToDouble(j -> 0.1).toArray(),
                Color.GRAY);
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
            BitmapEncoder.saveBitmap(List.of(chart), 1, 1, out, BitmapEncoder.BitmapFormat.PNG);
        }
    }

    private static void line(XYChart chart, String name, double[] seconds, Color colour) {
        XYSeries series = chart.addSeries(name, PARAMETERS, seconds);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour);
        series.setLineStyle(new BasicStroke(2));
    }

    /** Bytes of a shard's report with moments. */
    private static double report(double p) {
        double k = CONTEXT_SHARE * p;
        double d = p - k;
        double statistics = p * (p + 1) + d * k + p;
        double moments = d * (d + 1) / 2 + (k + 1) * (k + 2) / 2 + d * (k + 1);
        return 8 * (statistics + moments);
    }
}
