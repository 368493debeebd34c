import java.io.File;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.io.exporter.api.ExportController;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.layout.plugin.forceAtlas2.ForceAtlas2;
import org.gephi.layout.plugin.forceAtlas2.ForceAtlas2Builder;
import org.gephi.preview.api.PreviewController;
import org.gephi.preview.api.PreviewProperty;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/**
 * Reads a graph of nergraph with Gephi's toolkit, lays it out with ForceAtlas2 and writes a PDF; colours and sizes are those
 * of the file.
 *
 * <pre>
 *     nergraph graph article.txt -o net.gexf
 *     java -cp gephi-toolkit-0.10.1-all.jar GephiPicture.java net.gexf net.pdf
 * </pre>
 */
public final class GephiPicture {
    public static void main(String[] arguments) throws Exception {
        Lookup.getDefault().lookup(ProjectController.class).newProject();
        Workspace workspace = Lookup.getDefault().lookup(ProjectController.class).getCurrentWorkspace();
        ImportController imports = Lookup.getDefault().lookup(ImportController.class);
        Container container = imports.importFile(new File(arguments[0]));
        imports.process(container, new DefaultProcessor(), workspace);

        GraphModel graph = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
        System.out.println(graph.getGraph().getNodeCount() + " actors, " + graph.getGraph().getEdgeCount() + " ties");
        for (Node node : graph.getGraph().getNodes().toArray()) { // they would fly far away
            if (graph.getGraph().getDegree(node) == 0) {
                graph.getGraph().removeNode(node);
            }
        }
        ForceAtlas2 layout = new ForceAtlas2(new ForceAtlas2Builder());
        layout.setGraphModel(graph);
        layout.resetPropertiesValues();
        layout.setScalingRatio(200.0);
        layout.setAdjustSizes(true);
        layout.initAlgo();
        for (int i = 0; i < 1000 && layout.canAlgo(); i++) {
            layout.goAlgo();
        }
        layout.endAlgo();

        PreviewController preview = Lookup.getDefault().lookup(PreviewController.class);
        preview.getModel(workspace).getProperties().putValue(PreviewProperty.SHOW_NODE_LABELS, true);
        preview.getModel(workspace).getProperties().putValue(PreviewProperty.NODE_LABEL_PROPORTIONAL_SIZE, false);
        preview.getModel(workspace).getProperties().putValue(PreviewProperty.EDGE_CURVED, false);
        Lookup.getDefault().lookup(ExportController.class).exportFile(new File(arguments[1]), workspace);
        System.exit(0);
    }
}
