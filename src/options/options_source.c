#include "options/options_source.h"

#include "base/xalloc.h"

void options_add_source(struct options *options, const struct options_source *source)
{
    options->sources = xreallocarray(options->sources, options->source_count + 1, sizeof *options->sources);
    options->sources[options->source_count++] = *source;
}
