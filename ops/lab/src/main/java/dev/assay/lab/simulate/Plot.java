package dev.assay.lab.simulate;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines over numbers, with error bars; several make one picture. */
public final class Plot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 460;
    // Okabe and Ito's colours, which people who see few colours can tell apart.
    private static final Color[] COLOURS = {
        new Color(0, 114, 178),
        new Color(213, 94, 0),
        new Color(0, 158, 115),
        new Color(204, 121, 167),
        new Color(230, 159, 0),
        new Color(86, 180, 233),
        new Color(90, 90, 90)
    };
    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE,
        SeriesMarkers.SQUARE,
        SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.DIAMOND,
        SeriesMarkers.TRIANGLE_DOWN,
        SeriesMarkers.CROSS,
        SeriesMarkers.PLUS
    };

    private static final double ROUNDING = 1e-6;

    private final XYChart chart;
    private int series;

    /** @param title the question or the finding */
    public Plot(String title, String xLabel, String yLabel) {
        chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xLabel)
                .yAxisTitle(yLabel)
                .build();
        var style = chart.getStyler();
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setPlotGridLinesColor(new Color(230, 230, 230));
        style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        style.setLegendPosition(Styler.LegendPosition.OutsideE);
        style.setLegendBorderColor(Color.WHITE);
        style.setMarkerSize(7);
        style.setErrorBarsColorSeriesColor(true);
        style.setYAxisDecimalPattern("0.####");
        style.setXAxisLogarithmicDecadeOnly(false);
        style.setYAxisLogarithmicDecadeOnly(false);
    }

    public Plot logX() {
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(Plot::logarithmicLabel);
        return this;
    }

    public Plot logY() {
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setYAxisTickLabelsFormattingFunction(Plot::logarithmicLabel);
        return this;
    }

    public Plot yRange(double from, double to) {
        chart.getStyler().setYAxisMin(from).setYAxisMax(to);
        return this;
    }

    /** Points with a bar of two standard errors to each side, joined. */
    public Plot line(String name, double[] x, List<ReplicationMean> y) {
        double[] means = new double[y.size()];
        double[] bars = new double[y.size()];
        for (int i = 0; i < y.size(); i++) {
            means[i] = y.get(i).mean();
            // A bar below 0 has no place on a logarithmic axis.
            bars[i] = Math.min(
                    2 * y.get(i).standardError(), 0.9 * Math.abs(y.get(i).mean()));
        }
        style(chart.addSeries(name, x, means, bars), true);
        return this;
    }

    /** A line without points. */
    Plot curve(String name, double[] x, double[] y) {
        style(chart.addSeries(name, x, y), false);
        return this;
    }

    /** A thin dashed line to compare with; takes no colour from the others. */
    public Plot reference(String name, double[] x, double[] y) {
        XYSeries line = chart.addSeries(name, x, y);
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(Color.BLACK);
        line.setLineStyle(
                new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 5}, 0));
        return this;
    }

    /** Labels at 1, 2 and 5 times a power of ten; there is no room for more. */
    private static String logarithmicLabel(double value) {
        double leading = value / Math.pow(10, Math.floor(Math.log10(value) + ROUNDING));
        boolean labelled = Math.abs(leading - 1) < ROUNDING
                || Math.abs(leading - 2) < ROUNDING
                || Math.abs(leading - 5) < ROUNDING;
        return labelled ? Numbers.plain(value) : "";
    }

    private void style(XYSeries line, boolean points) {
        Color colour = COLOURS[series % COLOURS.length];
        line.setLineColor(colour);
        line.setMarkerColor(colour);
        line.setMarker(points ? MARKERS[series % MARKERS.length] : SeriesMarkers.NONE);
        line.setLineWidth(2);
        series++;
    }

    /** One picture of all plots, row by row. */
    public static void write(Path file, int columns, List<Plot> plots) {
        List<XYChart> charts = plots.stream().map(plot -> plot.chart).toList();
        int rows = (charts.size() + columns - 1) / columns;
        try (OutputStream out = Files.newOutputStream(file)) {
            BitmapEncoder.saveBitmap(charts, rows, columns, out, BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
