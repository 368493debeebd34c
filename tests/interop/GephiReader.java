import java.io.BufferedWriter;
import java.io.File;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.types.TimestampSet;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.EdgeDirectionDefault;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.plugin.file.spreadsheet.ImporterSpreadsheetCSV;
import org.gephi.io.importer.plugin.file.spreadsheet.process.SpreadsheetGeneralConfiguration;
import org.gephi.io.processor.plugin.AppendProcessor;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/**
 * What Gephi's toolkit reads from our files, a JSON object a line. usage: GephiReader FILE... (.gexf, .graphml, .gml, .net,
 * .dot, .csv with the nodes beside it)
 */
public final class GephiReader {
    private static String quote(Object value) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : (value == null ? "" : value.toString()).toCharArray()) {
            if (c == '"' || c == '\\' || c < 0x20 || c == 0x2028 || c == 0x2029 || Character.isSurrogate(c)) {
                out.append(String.format(c == '"' || c == '\\' ? "\\%c" : "\\u%04x", c == '"' || c == '\\' ? (Object) c : (Object) (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /** By the title of the column. A date that Gephi took for a point in time is written as a date again. */
    private static Object value(Element element, String title) {
        for (Column column : element.getTable()) {
            if (column.getTitle().equals(title)) {
                Object value = element.getAttribute(column);
                if (value instanceof TimestampSet && ((TimestampSet) value).size() == 1) {
                    long milliseconds = (long) ((TimestampSet) value).toPrimitiveArray()[0];
                    return Instant.ofEpochMilli(milliseconds).toString().substring(0, 10);
                }
                return value;
            }
        }
        return null;
    }

    /** The weight; of a network through time the sum over its periods. */
    private static double weight(Edge edge) {
        if (!edge.hasDynamicWeight()) {
            return edge.getWeight();
        }
        double sum = 0;
        for (java.util.Map.Entry<?, Double> each : edge.getWeights()) {
            sum += each.getValue();
        }
        return sum;
    }

    private static Container table(File file, SpreadsheetGeneralConfiguration.Mode mode) throws Exception {
        ImporterSpreadsheetCSV importer = new ImporterSpreadsheetCSV();
        importer.setFile(file);
        importer.setMode(mode);
        importer.setCharset(StandardCharsets.UTF_8);
        return Lookup.getDefault().lookup(ImportController.class).importFile(file, importer);
    }

    private static String read(File file) throws Exception {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        projects.newProject();
        Workspace workspace = projects.getCurrentWorkspace();
        ImportController imports = Lookup.getDefault().lookup(ImportController.class);
        boolean isTable = file.getName().endsWith(".csv");
        Container container;
        if (isTable) {
            File nodes = new File(file.getPath().replace(".csv", "-nodes.csv"));
            container = table(nodes, SpreadsheetGeneralConfiguration.Mode.NODES_TABLE);
            container.getLoader().setEdgeDefault(EdgeDirectionDefault.UNDIRECTED);
            imports.process(container, new DefaultProcessor(), workspace);
            container = table(file, SpreadsheetGeneralConfiguration.Mode.EDGES_TABLE);
            imports.process(container, new AppendProcessor(), workspace);
        } else {
            container = imports.importFile(file);
            container.getLoader().setEdgeDefault(EdgeDirectionDefault.UNDIRECTED);
            imports.process(container, new DefaultProcessor(), workspace);
        }
        GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
        Graph graph = model.getGraph();
        StringBuilder out = new StringBuilder("{\"nodes\":[");
        String comma = "";
        for (Node node : graph.getNodes()) {
            Object id = value(node, "actor") != null ? value(node, "actor") : node.getId();
            out.append(comma).append('[').append(quote(id)).append(',').append(quote(node.getLabel())).append(',')
                .append(quote(value(node, "kind"))).append(',').append(quote(value(node, "first"))).append(']');
            comma = ",";
        }
        out.append("],\"edges\":[");
        comma = "";
        for (Edge edge : graph.getEdges()) {
            Node a = edge.getSource();
            Node b = edge.getTarget();
            out.append(comma).append('[').append(quote(value(a, "actor") != null ? value(a, "actor") : a.getId())).append(',')
                .append(quote(value(b, "actor") != null ? value(b, "actor") : b.getId())).append(',').append(weight(edge))
                .append(',').append(quote(value(edge, "first"))).append(']');
            comma = ",";
        }
        projects.closeCurrentProject();
        return out.append("]}").toString();
    }

    public static void main(String[] arguments) throws Exception {
        try (BufferedWriter out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8))) {
            for (String name : arguments) {
                try {
                    out.write(read(new File(name)));
                } catch (Exception problem) {
                    out.write("{\"failed\":" + quote(problem.toString()) + "}");
                }
                out.newLine();
            }
        }
        System.exit(0);
    }
}
