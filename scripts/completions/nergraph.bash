# Completion of nergraph for bash (4 or later). tests/package/options.py compares the options with
# what the program says of itself.

# The last word of a list separated by commas, out of the words of $2; $1 is the list so far.
_nergraph_list() {
    local last=${1##*,} before= word sign= taken
    [[ $1 == *,* ]] && before=${1%,*},
    case $last in [+-]*) sign=${last:0:1} last=${last:1} ;; esac
    for word in $2; do
        [[ ,$before == *,$word,* ]] && continue
        [[ $word == "$last"* ]] && COMPREPLY+=("$before$sign$word")
    done
    compopt -o nospace 2>/dev/null
}

_nergraph_files() {
    local IFS=$'\n'
    compopt -o filenames 2>/dev/null
    COMPREPLY+=($(compgen -f -- "$1"))
}

# The values of the option $1 of the command $3, as far as $2 is typed. 1: it takes none.
_nergraph_value() {
    local measures="degree strength betweenness closeness harmonic eigenvector pagerank katz coreness
        clustering participation within_module_degree community_brokerage kind_brokerage"
    local words=
    case $1 in
    --color) words="auto never always" ;;
    --states) words="names demonyms metonyms" ;;
    --weight) words="count documents npmi jaccard cosine g2 association" ;;
    --distance) words="integer inverse hops" ;;
    --period) words="year month week day" ;;
    --backbone) words="disparity disparity:0.01 top:3 spanning core:3" ;;
    --engine) words="neato sfdp fdp circo twopi dot" ;;
    --size-by) words=$measures ;;
    --format)
        words="table tsv csv json"
        [[ $3 == extract ]] && words="json tsv conll"
        ;;
    --scope)
        words="sentence paragraph document sentences:3 tokens:50 all"
        ;;
    --types) _nergraph_list "$2" "person country place organization people"; return 0 ;;
    --by) _nergraph_list "$2" "$measures constraint all"; return 0 ;;
    --measures) _nergraph_list "$2" "$measures constraint community component edge_betweenness all none"; return 0 ;;
    --communities) words="leiden louvain" ;;
    --theme) words="light dark print" ;;
    --color-by) words="kind community" ;;
    --labels) words="all none 30" ;;
    --read-as) words="text html jsonl json csv tsv pdf docx odt epub mail mbox warc" ;;
    --date-from) words="metadata name metadata,name metadata,name,modified none" ;;
    --charset | --text-column | --id-column | --date-column | --title-column | --author-column) return 0 ;;
    --include | --exclude | --pdf-seconds | --pdf-bytes | --max-unpack-ratio) return 0 ;;
    --boilerplate) words="keep 5" ;;
    --same-text) words="once each" ;;
    --paths) words="exact sample:1000" ;;
    --rules | --files-from | --failures | --model | --mentions | --silver | --word-classes) _nergraph_files "$2"; return 0 ;;
    --output | -o)
        case $2 in
        json:* | csv:* | dot:* | svg:* | png:* | pdf:* | gexf:* | graphml:* | gml:* | cyjs:* | vosviewer:* | vosmap:* | md:*) _nergraph_files "${2#*:}" ;;
        *) _nergraph_files "$2" ;;
        esac
        return 0
        ;;
    --top | --intervals | --errors | --evidence | --threads | -j | --title) return 0 ;;
    --epochs | --silver-epochs | --silver-weight | --parts | --seed) return 0 ;;
    --max-document-bytes | --max-sentence-bytes | --max-nodes | --memory) return 0 ;;
    --max-drawn-nodes | --draw-seconds | --draw-bytes) return 0 ;;
    *) return 1 ;;
    esac
    COMPREPLY+=($(compgen -W "$words" -- "$2"))
    return 0
}

_nergraph() {
    local always="--color --progress --no-progress -q --quiet --version -h --help"
    local documents="--types --states --pronouns --scope --weight --drop-isolates --rules --model --mentions --evidence
        --files-from -0 --null -j --threads --strict --keep-going --read-as --charset --text-column --id-column --date-column --title-column
        --author-column --date-from --include --exclude --pdf-seconds --pdf-bytes --max-unpack-ratio --failures
        --boilerplate --same-text --max-document-bytes
        --max-sentence-bytes --max-nodes --memory"
    local table="-o --output --format"
    local ranking="--by --top"
    local scores="--errors"
    local ledger="--ambiguous --homonyms"
    local training="-o --output --silver --silver-weight --word-classes --epochs --silver-epochs
        --parts --seed --resume -j --threads"
    local paths="--distance"
    local samples="--communities --paths"
    local slices="--period --documents --graphs"
    local parts="--min-weight --min-docs --max-q --backbone --around --hops"
    local graph_files="-o --output --raw-cells --measures"
    local pictures="--title --theme --color-by --labels --size-by --engine --max-drawn-nodes --draw-seconds --draw-bytes"
    local commands="centrality graph merge extract draw evidence diff slice path verify explain summary rules score train help"
    local line=${COMP_LINE:0:COMP_POINT} word previous command=centrality options given
    local -a words

    # COMP_WORDBREAKS may split at = and :, so the words are read from the line itself, and what
    # bash believes to be already there is taken off again.
    read -ra words <<<"$line"
    [[ $line == *[[:space:]] || ${#words[@]} -eq 1 ]] && words+=("")
    word=${words[${#words[@]} - 1]}
    previous=${words[${#words[@]} - 2]}
    given=${words[1]}
    COMPREPLY=()
    [[ ${#words[@]} -gt 2 && " $commands " == *" $given "* ]] && command=$given
    case $command in
    centrality) options="$always $documents $table $ranking --intervals $paths $samples $parts" ;;
    summary) options="$always $documents $table --communities $parts" ;;
    diff) options="$always $documents $table $ranking $paths $samples $parts $pictures" ;;
    graph) options="$always $documents $paths $samples $parts $graph_files $pictures --resume" ;;
    merge | draw) options="$always $documents $paths $samples $parts $graph_files $pictures" ;;
    slice) options="$always $documents $table $ranking $paths $samples $slices $pictures" ;;
    path) options="$always $documents $paths" ;;
    verify) options="$always $documents" ;;
    extract | evidence) options="$always $documents $table" ;;
    explain) options="$always $documents $table $ledger" ;;
    score) options="$always $table $scores" ;;
    train) options="$always $training" ;;
    rules | help) options=$always ;;
    esac

    if [[ ${#words[@]} -gt 2 ]] && _nergraph_value "$previous" "$word" "$command"; then
        :
    elif [[ $word == --*=* ]]; then
        _nergraph_value "${word%%=*}" "${word#*=}" "$command"
    elif [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$word"))
    elif [[ $command == help ]]; then
        COMPREPLY=($(compgen -W "$commands" -- "$word"))
    else
        [[ ${#words[@]} -eq 2 ]] && COMPREPLY=($(compgen -W "$commands" -- "$word"))
        _nergraph_files "$word"
    fi

    # The part before the last = or : of a word stands on the line already.
    local current=${word%"${word##*[=:]}"} i
    [[ $word == --*=* ]] && current=${current#*=}
    if [[ $current == *:* && $COMP_WORDBREAKS == *:* ]]; then
        for i in "${!COMPREPLY[@]}"; do
            COMPREPLY[i]=${COMPREPLY[i]#"$current"}
        done
    fi
}

_nergraph_draw() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $previous in
    -T) COMPREPLY=($(compgen -W "dot svg png pdf" -- "$word")) ;;
    -K) COMPREPLY=($(compgen -W "neato sfdp fdp circo twopi dot" -- "$word")) ;;
    -o) _nergraph_files "$word" ;;
    *) COMPREPLY=($(compgen -W "-T -o -K -h --help -V --version" -- "$word")) ;;
    esac
}

complete -F _nergraph nergraph
complete -F _nergraph_draw nergraph-draw
