import edu.emory.mathcs.nlp.component.template.node.NLPNode;
import edu.emory.mathcs.nlp.component.tokenizer.token.Token;
import edu.emory.mathcs.nlp.decode.NLPDecoder;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.stream.*;

/** Labels sentences with NLP4J (parts of speech, then names): one sentence a line, tokens parted
 *  by spaces; out comes a line of as many labels (BILOU with OntoNotes kinds). */
public class LabelNlp4j {
    static final int BATCH = 4096;
    static final String LEXICA = "edu/emory/mathcs/nlp/lexica/en-";
    static final String MODELS = "edu/emory/mathcs/nlp/models/en-";
    static final String SETTINGS = "<configuration><tsv><column index=\"1\" field=\"form\"/></tsv>"
        + "<lexica><ambiguity_classes field=\"word_form_simplified_lowercase\">" + LEXICA
        + "ambiguity-classes-simplified-lowercase.xz</ambiguity_classes>"
        + "<word_clusters field=\"word_form_simplified_lowercase\">" + LEXICA
        + "brown-clusters-simplified-lowercase.xz</word_clusters>"
        + "<word_embeddings field=\"word_form_undigitalized\">" + LEXICA
        + "word-embeddings-undigitalized.xz</word_embeddings>"
        + "<named_entity_gazetteers field=\"word_form_simplified\">" + LEXICA
        + "named-entity-gazetteers-simplified.xz</named_entity_gazetteers></lexica>"
        + "<models><pos>" + MODELS + "pos.xz</pos><ner>" + MODELS + "ner.xz</ner></models>"
        + "</configuration>";

    static String label(NLPDecoder decoder, String line) {
        List<Token> tokens = new ArrayList<>();
        for (String token : line.split(" "))
            tokens.add(new Token(token));
        NLPNode[] nodes = decoder.decode(decoder.toNodeArray(tokens));
        StringJoiner labels = new StringJoiner(" ");
        for (int i = 1; i < nodes.length; i++)
            labels.add(nodes[i].getNamedEntityTag());
        return labels.toString();
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, "UTF-8");
        NLPDecoder decoder = new NLPDecoder(
            new ByteArrayInputStream(SETTINGS.getBytes(StandardCharsets.UTF_8)));
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<String> batch = new ArrayList<>();
        for (String line; (line = in.readLine()) != null || !batch.isEmpty();) {
            if (line != null)
                batch.add(line);
            if (line != null && batch.size() < BATCH)
                continue;
            for (String labels : batch.parallelStream().map(s -> label(decoder, s))
                                      .collect(Collectors.toList()))
                out.print(labels + "\n");
            batch.clear();
        }
        out.flush();
    }
}
