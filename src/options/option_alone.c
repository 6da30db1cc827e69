#include "options/option_alone.h"

#include "base/log.h"

#include <string.h>

static bool shows_total(const struct options *options)
{
    for (size_t i = 0; i < options->word_count; i++)
        if (strstr(options->words[i], "{##}") != NULL)
            return true;
    for (size_t i = 0; i < options->variable_count; i++)
        if (strstr(options->variables[i], "{##}") != NULL)
            return true;
    return (options->tag_text != NULL && strstr(options->tag_text, "{##}") != NULL) ||
           (options->directory != NULL && strstr(options->directory, "{##}") != NULL);
}

/* Words behind ::: are items already. */
static bool reads_a_list(const struct options *options)
{
    for (size_t i = 0; i < options->source_count; i++)
        if (options->sources[i].path != NULL)
            return true;
    return options->source_count == 0;
}

static const struct {
    const char *option; /* as options_given takes it */
    const char *of;     /* with blanks between: one of these gives it a meaning */
    bool (*is_useful)(const struct options *options); /* something else does; may be NULL */
    const char *why;
} tuning[] = {
    {"retry-delay", "retries", NULL, "--retry-delay: does nothing without --retries N"},
    {"regexp", "recend recstart", NULL, "--regexp: does nothing without --recend or --recstart"},
    {"max-chars", "X m xargs max-args max-replace-args max-lines", NULL,
     "-s: makes no task larger by itself: with -X or -m each is as large as that allows"},
    {"total", "bar progress eta halt", shows_total,
     "--total: does nothing without {##}, --halt, --bar, --progress or --eta"},
    {"delimiter", "", reads_a_list, "-d: does nothing here: the words behind ::: are items as they are"},
    {"null", "", reads_a_list, "-0: does nothing here: the words behind ::: are items as they are"},
};

static bool any_given(const struct options *options, const char *names)
{
    char name[32];
    for (size_t length; *names != '\0'; names += length + strspn(names + length, " ")) {
        length = strcspn(names, " ");
        memcpy(name, names, length);
        name[length] = '\0';
        if (options_given(options, name) != NOT_GIVEN)
            return true;
    }
    return false;
}

void option_alone_note(const struct options *options)
{
    for (size_t i = 0; i < ARRAY_LENGTH(tuning); i++)
        if (options_given(options, tuning[i].option) == GIVEN && !any_given(options, tuning[i].of) &&
            (tuning[i].is_useful == NULL || !tuning[i].is_useful(options)))
            log_warning("%s", tuning[i].why);
    if (options_given(options, "grace") == GIVEN && options_given(options, "termseq") != NOT_GIVEN)
        log_warning("--grace: does nothing with --termseq, which says all of it");
}
