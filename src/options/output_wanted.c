#include "options/output_wanted.h"

#include "options/option_value.h"
#include "template/template.h"

enum table_form output_wanted_table(const struct options *options)
{
    static const struct {
        const char *suffix;
        enum table_form form;
    } forms[] = {{".csv", TABLE_CSV}, {".tsv", TABLE_TSV}, {".json", TABLE_JSON}};
    for (size_t i = 0; options->results != NULL && i < ARRAY_LENGTH(forms); i++)
        if (option_value_ends_in(options->results, forms[i].suffix))
            return forms[i].form;
    return TABLE_NONE;
}

bool output_wanted_folder(const struct options *options)
{
    return options->results != NULL && output_wanted_table(options) == TABLE_NONE;
}

bool output_wanted_tags(const struct options *options)
{
    return options->tag || options->tag_text != NULL;
}

bool output_wanted_lines(const struct options *options)
{
    return options->order == ORDER_LINES || options->order == ORDER_TURNS;
}

bool output_wanted_formatter(const struct options *options)
{
    bool files = !options->dry_run && options->results != NULL;
    return options->order != ORDER_NONE &&
           (output_wanted_tags(options) || output_wanted_lines(options) || options->json || files);
}

const char *output_wanted_tag(const struct options *options)
{
    if (!output_wanted_tags(options))
        return NULL;
    return options->tag_text != NULL    ? options->tag_text
           : options->pipe              ? "{#}" /* a block has no other name */
           : options->item_text != NULL ? options->item_text
                                        : "{}";
}

/* The folder that no item decides on: so many bytes of --results, with its slash; 0: it is the current
 * one. */
static size_t fixed_folder(const char *results, const struct replacement_names *names)
{
    struct replacement what;
    size_t length = 0;
    for (const char *at = results; *at != '\0' && replacement_in(results, at, names, &what) == 0; at++)
        if (*at == '/')
            length = (size_t)(at - results) + 1;
    return length;
}

const char *output_wanted_place(const struct options *options, const struct replacement_names *names)
{
    if (options->dry_run || !output_wanted_folder(options) || !template_is_used_in(options->results, names))
        return NULL;
    return options->results + fixed_folder(options->results, names);
}

bool output_wanted_unknown_columns(const struct options *options)
{
    bool one_each = options->colsep == NULL && !options->csv;
    return !options->pipe && (options->lines > 0 || options->fill || (!one_each && options->header == NULL));
}
