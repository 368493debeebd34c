# Completion of nergraph for fish. tests/package/options.py compares the options with what the
# program says of itself: each line names the commands that take the option.

# True when the command of the line is one of the arguments; without one it is centrality.
function __nergraph_on
    set -l words (commandline -opc)
    set -l command centrality
    if test (count $words) -gt 1; and contains -- $words[2] centrality graph merge extract draw evidence diff slice path verify explain summary rules score train help
        set command $words[2]
    end
    contains -- $command $argv
end

# True when the first word after the program is being typed.
function __nergraph_first
    test (count (commandline -opc)) -eq 1
end

# The list typed so far with one more of the arguments.
function __nergraph_list
    set -l token (string replace -r '^--[a-z-]+=' '' -- (commandline -ct))
    set -l before (string replace -r '[^,]*$' '' -- $token)
    set -l sign (string match -r '^[+-]' -- (string replace -r '^.*,' '' -- $token))
    printf '%s\n' $before$sign$argv
end

set -l measures degree strength betweenness closeness harmonic eigenvector pagerank katz coreness clustering constraint participation within_module_degree community_brokerage kind_brokerage community component
set -l sizes degree strength betweenness closeness harmonic eigenvector pagerank katz coreness clustering participation within_module_degree community_brokerage kind_brokerage

complete -c nergraph -n __nergraph_first -a centrality -d 'rank the actors'
complete -c nergraph -n __nergraph_first -a summary -d 'describe the whole network'
complete -c nergraph -n __nergraph_first -a graph -d 'write the graph of actors to files'
complete -c nergraph -n __nergraph_first -a merge -d 'add up saved graphs'
complete -c nergraph -n __nergraph_first -a extract -d 'print the mentions found in documents'
complete -c nergraph -n __nergraph_first -a draw -d 'draw a saved graph'
complete -c nergraph -n __nergraph_first -a evidence -d 'show the sentences that made an edge'
complete -c nergraph -n __nergraph_first -a diff -d 'show what is different between two graphs'
complete -c nergraph -n __nergraph_first -a slice -d 'follow the actors through an archive'
complete -c nergraph -n __nergraph_first -a path -d 'show the shortest way between two actors'
complete -c nergraph -n __nergraph_first -a verify -d 'compare the quotes of a graph with the documents'
complete -c nergraph -n __nergraph_first -a explain -d 'show which names were joined into an actor'
complete -c nergraph -n __nergraph_first -a rules -d 'look for mistakes in a file of rules'
complete -c nergraph -n __nergraph_first -a score -d 'compare mentions with annotated documents'
complete -c nergraph -n __nergraph_first -a train -d 'train a model on annotated documents'
complete -c nergraph -n __nergraph_first -a help -d 'explain a command'
complete -c nergraph -n 'not __nergraph_first; and __nergraph_on help' -f -a 'centrality graph merge extract draw evidence diff slice path verify explain summary rules score train help'

complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary rules score train help' -l color -x -a 'auto never always' -d 'colours'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary rules score train help' -l progress -d 'show progress even if short'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary rules score train help' -l no-progress -d 'show no progress'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary rules score train help' -s q -l quiet -d 'no warnings, no progress'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary rules score train help' -l version -d 'print the version'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary rules score train help' -s h -l help -d 'print the help'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l types -x -a '(__nergraph_list person country place organization people)' -d 'kinds of actors'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l states -x -a 'names demonyms metonyms' -d 'words that stand for a state'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l pronouns -d 'let he and she count for the person they seem to mean'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l scope -x -a 'sentence paragraph document sentences:3 tokens:50 all' -d 'where two actors must both occur'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l weight -x -a 'count documents npmi jaccard cosine g2 association' -d 'weight of an edge'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l drop-isolates -d 'leave out actors without an edge'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l rules -r -F -d 'your corrections'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l model -r -F -d 'find names with a model of your own'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l mentions -r -F -d 'take the mentions of a file instead of finding them'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l evidence -x -d 'quotes kept for an edge'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l files-from -r -F -d 'read the names of inputs from a file'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -s 0 -l null -d 'names of inputs end with a zero byte'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -s j -l threads -x -d 'work on N threads'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l strict -d 'stop at the first input that cannot be used'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l keep-going -d 'end with 0 even if some input could not be used'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l boilerplate -x -a 'keep 5' -d 'a paragraph that N documents have makes no ties'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l same-text -x -a 'once each' -d 'documents of one text count once or each'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l read-as -x -a 'text html jsonl json csv tsv pdf docx odt epub mail mbox warc' -d 'what the inputs are'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l charset -x -d 'character set of the inputs'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l text-column -x -d 'column or member with the text'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l id-column -x -d 'column or member with the id'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l date-column -x -d 'column or member with the date'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l title-column -x -d 'column or member with the title'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l author-column -x -d 'column or member with the author'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l date-from -x -a 'metadata name metadata,name,modified none' -d 'where dates are looked for'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l include -x -d 'only files like this'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l exclude -x -d 'leave out files and folders like this'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l pdf-seconds -x -d 'time limit of reading a PDF file'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l pdf-bytes -x -d 'memory limit of reading a PDF file'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l max-unpack-ratio -x -d 'an archive unpacks to at most N times its size'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l failures -r -F -d 'name what could not be used in FILE, too'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l max-document-bytes -x -d 'largest document'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l max-sentence-bytes -x -d 'a longer sentence is cut there'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l max-nodes -x -d 'most actors in a graph'
complete -c nergraph -n '__nergraph_on centrality graph merge extract draw evidence diff slice path verify explain summary' -l memory -x -d 'count in about so much memory'
complete -c nergraph -n '__nergraph_on centrality summary extract evidence diff slice explain score' -s o -l output -r -F -d 'write to a file'
complete -c nergraph -n '__nergraph_on centrality summary evidence diff slice explain score' -l format -x -a 'table tsv csv json' -d 'format of the output'
complete -c nergraph -n '__nergraph_on extract' -l format -x -a 'json tsv conll' -d 'format of the output'
complete -c nergraph -n '__nergraph_on centrality diff slice' -l by -x -a "(__nergraph_list $measures all)" -d 'columns, ranked by the first'
complete -c nergraph -n '__nergraph_on centrality' -l intervals -x -d 'how sure each rank is, from N resamples'
complete -c nergraph -n '__nergraph_on centrality diff slice' -l top -x -d 'print the first N only'
complete -c nergraph -n '__nergraph_on explain' -l ambiguous -d 'names that fit several actors'
complete -c nergraph -n '__nergraph_on explain' -l homonyms -d 'names that may be several people\'s'
complete -c nergraph -n '__nergraph_on score' -l errors -x -d 'print N of the wrong or missed mentions'
complete -c nergraph -n '__nergraph_on train' -s o -l output -r -F -d 'where the model goes'
complete -c nergraph -n '__nergraph_on train' -l silver -r -F -d 'learn from the labels of another program, too'
complete -c nergraph -n '__nergraph_on train' -l silver-weight -x -d 'how much a document of --silver counts'
complete -c nergraph -n '__nergraph_on train' -l word-classes -r -F -d 'classes of words'
complete -c nergraph -n '__nergraph_on train' -l epochs -x -d 'passes over the documents'
complete -c nergraph -n '__nergraph_on train' -l silver-epochs -x -d 'first passes, with --silver'
complete -c nergraph -n '__nergraph_on train' -l parts -x -d 'parts that the documents are cut into'
complete -c nergraph -n '__nergraph_on train' -l seed -x -d 'of the order of the text'
complete -c nergraph -n '__nergraph_on train' -l resume -d 'keep what was learned after each pass, and go on from there'
complete -c nergraph -n '__nergraph_on train' -s j -l threads -x -d 'work on N threads'
complete -c nergraph -n '__nergraph_on slice' -l period -x -a 'year month week day' -d 'of a part'
complete -c nergraph -n '__nergraph_on slice' -l documents -x -d 'parts of so many documents'
complete -c nergraph -n '__nergraph_on slice' -l graphs -r -F -d 'save the graph of each part, too'
complete -c nergraph -n '__nergraph_on centrality summary graph merge draw diff' -l min-weight -x -d 'only edges of this weight and more'
complete -c nergraph -n '__nergraph_on centrality summary graph merge draw diff' -l min-docs -x -d 'only edges that so many documents have'
complete -c nergraph -n '__nergraph_on centrality summary graph merge draw diff' -l max-q -x -d 'only edges whose q-value is at most this'
complete -c nergraph -n '__nergraph_on centrality summary graph merge draw diff' -l backbone -x -a 'disparity disparity:0.01 top:3 spanning core:3' -d 'only the heavy edges'
complete -c nergraph -n '__nergraph_on centrality summary graph merge draw diff' -l around -x -d 'only what is near this actor'
complete -c nergraph -n '__nergraph_on centrality summary graph merge draw diff' -l hops -x -d 'how near'
complete -c nergraph -n '__nergraph_on centrality summary graph merge draw diff slice' -l communities -x -a 'leiden louvain' -d 'how communities are found'
complete -c nergraph -n '__nergraph_on centrality graph merge draw diff slice' -l paths -x -a 'exact sample:1000' -d 'shortest paths from all actors, or a sample'
complete -c nergraph -n '__nergraph_on graph merge draw' -l measures -x -a "(__nergraph_list $measures edge_betweenness all none)" -d 'measures in the files'
complete -c nergraph -n '__nergraph_on centrality graph merge draw diff slice path' -l distance -x -a 'integer inverse hops' -d 'length of an edge'
complete -c nergraph -n '__nergraph_on graph merge draw' -s o -l output -r -F -d 'write to a file; its ending chooses the format'
complete -c nergraph -n '__nergraph_on graph merge draw' -l raw-cells -d 'leave CSV cells that look like formulas'
complete -c nergraph -n '__nergraph_on graph merge draw diff slice' -l title -x -d 'title of the picture'
complete -c nergraph -n '__nergraph_on graph merge draw diff slice' -l theme -x -a 'light dark print' -d 'colours'
complete -c nergraph -n '__nergraph_on graph merge draw diff slice' -l color-by -x -a 'kind community' -d 'what colours tell'
complete -c nergraph -n '__nergraph_on graph merge draw diff slice' -l labels -x -a 'all none 30' -d 'names of the N most central'
complete -c nergraph -n '__nergraph_on graph merge draw diff slice' -l size-by -x -a "$sizes" -d 'what the size of a name shows'
complete -c nergraph -n '__nergraph_on graph merge draw diff slice' -l engine -x -a 'neato sfdp fdp circo twopi dot' -d 'layout'
complete -c nergraph -n '__nergraph_on graph merge draw diff slice' -l max-drawn-nodes -x -d 'draw the N strongest actors'
complete -c nergraph -n '__nergraph_on graph merge draw diff slice' -l draw-seconds -x -d 'time limit of drawing'
complete -c nergraph -n '__nergraph_on graph merge draw diff slice' -l draw-bytes -x -d 'memory limit of drawing'

complete -c nergraph-draw -s T -x -a 'dot svg png pdf' -d 'format'
complete -c nergraph-draw -s o -r -F -d 'write to a file'
complete -c nergraph-draw -s K -x -a 'neato sfdp fdp circo twopi dot' -d 'layout'
complete -c nergraph-draw -s h -l help -d 'print the help'
complete -c nergraph-draw -s V -l version -d 'print the version'
complete -c nergraph -n '__nergraph_on graph' -l resume -d 'keep what was counted, and go on from there'
