/* What was found in one document: JSON lines, TSV, or CoNLL.
 *
 * JSON has one line a document and one object a mention. TSV has one line a mention and repeats the
 * document's id. CoNLL has one line a token with a BIO tag and the actor's id, an empty line after
 * each sentence, and a comment line that names the document. */
#include "writers_internal.h"

/* A number after its key. */
static inline void put_count(ng_pen *pen, const char *key, uint64_t number)
{
    ng_pen_put(pen, key);
    ng_pen_unsigned(pen, number);
}

static void put_json_mention(ng_pen *pen, const ng_mention *mention)
{
    put_count(pen, "{\"start\":", mention->start);
    put_count(pen, ",\"end\":", mention->end);
    put_count(pen, ",\"byte_start\":", mention->byte_start);
    put_count(pen, ",\"byte_end\":", mention->byte_end);
    ng_pen_put(pen, ",\"text\":");
    ng_pen_json(pen, mention->text);
    ng_pen_put(pen, ",\"kind\":\"");
    ng_pen_put(pen, ng_kind_name(mention->kind));
    ng_pen_put(pen, "\",\"form\":\"");
    ng_pen_put(pen, ng_form_name(mention->form));
    ng_pen_put(pen, "\",\"actor\":");
    ng_pen_json(pen, mention->actor);
    ng_pen_put(pen, ",\"confidence\":");
    ng_pen_share(pen, mention->confidence);
    put_count(pen, ",\"sentence\":", mention->sentence);
    put_count(pen, ",\"paragraph\":", mention->paragraph);
    if (mention->in_title)
        ng_pen_put(pen, ",\"in_title\":true");
    if (mention->in_boilerplate)
        ng_pen_put(pen, ",\"boilerplate\":true");
    ng_pen_byte(pen, '}');
}

static void put_json(ng_pen *pen, const ng_document *document)
{
    ng_pen_put(pen, "{\"id\":");
    ng_pen_json(pen, document->id);
    ng_pen_put(pen, ",\"date\":");
    if (document->date.size > 0)
        ng_pen_json(pen, document->date);
    else
        ng_pen_put(pen, "null");
    ng_pen_put(pen, ",\"title\":");
    ng_pen_json(pen, document->title);
    if (document->author.size > 0) {
        ng_pen_put(pen, ",\"author\":");
        ng_pen_json(pen, document->author);
    }
    ng_pen_put(pen, ",\"mentions\":[");
    for (size_t i = 0; i < document->mention_count && pen->status == NG_OK; i++) {
        if (i > 0)
            ng_pen_put(pen, ", ");
        put_json_mention(pen, &document->mentions[i]);
    }
    ng_pen_put(pen, "]}\n");
}

/* A tab and a number. */
static void put_column(ng_pen *pen, uint64_t number)
{
    ng_pen_byte(pen, '\t');
    ng_pen_unsigned(pen, number);
}

static void put_tsv(ng_pen *pen, const ng_document *document, bool with_header)
{
    if (with_header)
        ng_pen_put(pen, "id\tdate\tstart\tend\tbyte_start\tbyte_end\ttext\tkind\tform\tactor\t"
                        "confidence\tsentence\tparagraph\tin_title\n");
    for (size_t i = 0; i < document->mention_count && pen->status == NG_OK; i++) {
        const ng_mention *mention = &document->mentions[i];

        ng_pen_tsv(pen, document->id);
        ng_pen_byte(pen, '\t');
        ng_pen_tsv(pen, document->date);
        put_column(pen, mention->start);
        put_column(pen, mention->end);
        put_column(pen, mention->byte_start);
        put_column(pen, mention->byte_end);
        ng_pen_byte(pen, '\t');
        ng_pen_tsv(pen, mention->text);
        ng_pen_byte(pen, '\t');
        ng_pen_put(pen, ng_kind_name(mention->kind));
        ng_pen_byte(pen, '\t');
        ng_pen_put(pen, ng_form_name(mention->form));
        ng_pen_byte(pen, '\t');
        ng_pen_tsv(pen, mention->actor);
        ng_pen_byte(pen, '\t');
        ng_pen_share(pen, mention->confidence);
        put_column(pen, mention->sentence);
        put_column(pen, mention->paragraph);
        ng_pen_put(pen, mention->in_title ? "\t1\n" : "\t0\n");
    }
}

static void put_conll(ng_pen *pen, const ng_document *document)
{
    const ng_token_view *before = NULL;

    ng_pen_put(pen, "# newdoc id = ");
    ng_pen_tsv(pen, document->id);
    ng_pen_byte(pen, '\n');
    for (size_t i = 0; i < document->token_count && pen->status == NG_OK; i++) {
        const ng_token_view *token = &document->tokens[i];
        bool is_new_sentence = !before || before->sentence != token->sentence;

        if (before && is_new_sentence)
            ng_pen_byte(pen, '\n');
        ng_pen_tsv(pen, token->text);
        if (token->mention < document->mention_count) {
            const ng_mention *mention = &document->mentions[token->mention];
            bool goes_on = !is_new_sentence && before->mention == token->mention;

            ng_pen_put(pen, goes_on ? "\tI-" : "\tB-");
            ng_pen_put(pen, ng_kind_name(mention->kind));
            ng_pen_byte(pen, '\t');
            ng_pen_tsv(pen, mention->actor);
            ng_pen_byte(pen, '\n');
        } else {
            ng_pen_put(pen, "\tO\t_\n");
        }
        before = token;
    }
    ng_pen_byte(pen, '\n');
}

ng_status ng_mentions_write(ng_ctx *cx, const ng_document *document, ng_mention_format format,
                            bool is_first, ng_output *output)
{
    ng_buffer bytes;
    ng_pen pen;
    ng_status status = NG_OK;

    ng_buffer_init(&bytes, SIZE_MAX / 2);
    ng_pen_init(&pen, cx, &bytes, output);
    switch (format) {
    case NG_MENTIONS_JSON:
        put_json(&pen, document);
        break;
    case NG_MENTIONS_TSV:
        put_tsv(&pen, document, is_first);
        break;
    case NG_MENTIONS_CONLL:
        put_conll(&pen, document);
        break;
    }
    status = ng_pen_finish(&pen);
    ng_buffer_destroy(cx, &bytes);
    return status;
}
