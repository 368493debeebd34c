import edu.stanford.nlp.ie.crf.CRFClassifier;
import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.stream.*;

/** Labels sentences with Stanford's 3-class model: one sentence a line, tokens parted by spaces;
 *  out comes a line of as many labels (PERSON, LOCATION, ORGANIZATION, O). */
public class LabelCoreNlp {
    static final int BATCH = 4096;
    static final String MODEL =
        "edu/stanford/nlp/models/ner/english.all.3class.distsim.crf.ser.gz";

    static String label(CRFClassifier<CoreLabel> model, String line) {
        List<CoreLabel> words = new ArrayList<>();
        for (String token : line.split(" ")) {
            CoreLabel word = new CoreLabel();
            word.setWord(token);
            word.setValue(token);
            words.add(word);
        }
        StringJoiner labels = new StringJoiner(" ");
        for (CoreLabel word : model.classifySentence(words))
            labels.add(word.get(CoreAnnotations.AnswerAnnotation.class));
        return labels.toString();
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, "UTF-8");
        CRFClassifier<CoreLabel> model = CRFClassifier.getClassifier(MODEL);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<String> batch = new ArrayList<>();
        for (String line; (line = in.readLine()) != null || !batch.isEmpty();) {
            if (line != null)
                batch.add(line);
            if (line != null && batch.size() < BATCH)
                continue;
            for (String labels : batch.parallelStream().map(s -> label(model, s))
                                      .collect(Collectors.toList()))
                out.print(labels + "\n");
            batch.clear();
        }
        out.flush();
    }
}
