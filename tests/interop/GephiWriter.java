import java.io.File;
import java.io.FileWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.io.exporter.api.ExportController;
import org.gephi.io.exporter.plugin.ExporterSpreadsheet;
import org.gephi.io.exporter.spi.CharacterExporter;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/**
 * Writes random graphs with Gephi's exporters: GraphML, GML, Pajek and the two spreadsheets, each graph with a .json of
 * the names and pairs that must come out. usage: GephiWriter FOLDER COUNT
 */
public final class GephiWriter {
    private static final String[] NAMES = {
        "Anna Lindh", "Łódź", "O'Neill & Söhne", "<b>Moser</b>", "Владимир Путин", "习近平", "a, b; c", "back\\slash",
        "{curly} [square]", "100 %", "İstanbul", "émile", "x", "Vertices", "-1", "007", "graph", "true"};

    private static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static void write(Path folder, int number, Random random) throws Exception {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        projects.newProject();
        Workspace workspace = projects.getCurrentWorkspace();
        GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
        boolean directed = number % 2 == 1;
        Graph graph = directed ? model.getDirectedGraph() : model.getUndirectedGraph();
        List<Node> nodes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int count = 1 + random.nextInt(NAMES.length);
        for (int i = 0; i < count; i++) {
            Node node = model.factory().newNode("n" + i);
            node.setLabel(NAMES[i]);
            node.setX(i);
            node.setY(-i);
            graph.addNode(node);
            nodes.add(node);
            names.add(quote(NAMES[i]));
        }
        java.util.TreeMap<String, Double> pairs = new java.util.TreeMap<>();
        for (int i = 0; i < 3 * count; i++) {
            Node a = nodes.get(random.nextInt(count));
            Node b = nodes.get(random.nextInt(count));
            if (a == b || graph.getEdge(a, b) != null) {
                continue;
            }
            double weight = new double[] {1, 2, 5, 0.5, 12.25}[random.nextInt(5)];
            Edge edge = model.factory().newEdge(a, b, 0, weight, directed);
            graph.addEdge(edge);
            boolean turned = a.getLabel().compareTo(b.getLabel()) > 0;
            String key = quote(turned ? b.getLabel() : a.getLabel()) + "," + quote(turned ? a.getLabel() : b.getLabel());
            pairs.merge(key, weight, Double::sum);
        }
        String stem = folder.resolve("gephi" + number).toString();
        ExportController exports = Lookup.getDefault().lookup(ExportController.class);
        for (String ending : new String[] {"graphml", "gml", "net"}) {
            exports.exportFile(new File(stem + "." + ending), workspace);
        }
        for (ExporterSpreadsheet.ExportTable table : ExporterSpreadsheet.ExportTable.values()) {
            ExporterSpreadsheet sheet = new ExporterSpreadsheet();
            sheet.setWorkspace(workspace);
            sheet.setTableToExport(table);
            boolean isEdges = table == ExporterSpreadsheet.ExportTable.EDGES;
            File file = new File(stem + (isEdges ? ".csv" : "-nodes.csv"));
            exports.exportFile(file, sheet);
        }
        StringBuilder edges = new StringBuilder();
        pairs.forEach((pair, weight) -> edges.append(edges.length() > 0 ? "," : "").append("[" + pair + "," + weight + "]"));
        try (FileWriter out = new FileWriter(stem + ".json", java.nio.charset.StandardCharsets.UTF_8)) {
            out.write("{\"names\":[" + String.join(",", names) + "],\"edges\":[" + edges + "]}\n");
        }
        projects.closeCurrentProject();
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        Random random = new Random(7);
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            write(folder, i, random);
        }
        System.exit(0);
    }
}
