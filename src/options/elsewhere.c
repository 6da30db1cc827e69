#include "options/elsewhere.h"

#include "base/base.h"
#include "base/log.h"
#include "options/option_table.h"

#include <string.h>

#define HINT "; see cpool --help"

#define NEEDLESS "needless here, leave it out"
#define LOCAL    "cpool runs on this machine only; use cpool ssh -- {} COMMAND ::: HOST..."

/* Options of GNU parallel and of xargs, and what to use instead. */
static const struct {
    const char *names;   /* long ones, with blanks between */
    const char *letters; /* or short ones */
    const char *instead;
} others[] = {
    {"arg-sep", "", "the separator is :::"},
    {"arg-file-sep", "", "the separator is ::::"},
    {"basefile bf cleanup controlmaster filter-hosts filter-host hostgroups hostgroup hgrp hostgrp nonall "
     "onall return "
     "transfer transfer-file transfer-files tf trc rsync-opts slf sshloginfile "
     "sshlogin ssh "
     "ssh-delay",
     "BMS", LOCAL},
    {"basenamereplace bnr", "", "write {/}"},
    {"basenameextensionreplace bner", "", "write {/.}"},
    {"dirnamereplace dnr", "", "write {//}"},
    {"extensionreplace er", "U", "write {.}"},
    {"seqreplace", "", "write {#}"},
    {"slotreplace", "", "write {%}"},
    {"parens rpl template tmpl plus", "",
     "write a script: cpool 'x={}; echo \"${x%.gz}\"'; for {##} nothing is needed"},
    {"bibtex citation will-cite nn no-notice", "", "nothing to cite here, leave it out"},
    {"gnu silent plain", "", NEEDLESS},
    {"tollef", "", "write COMMAND ::: ITEM..., with ::: where moreutils has --"},
    {"compress compress-program decompress-program use-compress-program "
     "use-decompress-program",
     "", "output that waits is kept in memory, then in an unnamed file; see --tmpdir"},
    {"tempdir", "", "use --tmpdir"},
    {"ctrl-c no-ctrl-c", "", "^C always ends the tasks; how is said by --termseq"},
    {"debug", "D", "use --dry-run or -t to see what runs"},
    {"embed session parset _parset record-env", "", "cpool has none; variables are handed on as they are"},
    {"profile", "J", "put the options into CPOOL_OPTS, or into an alias of the shell"},
    {"max-line-length-allowed show-limits", "", "getconf ARG_MAX tells; -s N sets a smaller limit"},
    {"min-version", "", "cpool --version prints the version"},
    {"number-of-cpus number-of-cores number-of-threads "
     "number-of-sockets "
     "numberofsockets use-cpus-instead-of-cores use-cores-instead-of-threads use-sockets-instead-of-threads",
     "", "nproc tells; -j 50% is half of the processors"},
    {"process-slot-var", "", "tasks find $CPOOL_SLOT, and {%} is replaced; both count from 1"},
    {"shell-completion", "", "use --completion SHELL"},
    {"shell-quote shell_quote", "", "needless here: items are never read by a shell"},
    {"shebang hashbang shebang-wrap", "",
     "write #!/usr/bin/env -S cpool --header : COMMAND :::: as the first line of the list"},
    {"skip-first-line", "", "use --header, or tail -n +2"},
    {"linkinputsource", "", "use --link, or :::+"},
    {"no-keep-order nok no-k", "", "use --as-completed"},
    {"hex", "", "items are as they come"},
    {"round-robin roundrobin round", "", "use --pipe --filter"},
    {"cat fifo", "", "a script can do it: cat >FILE"},
    {"bin shard group-by tee", "", "sort and split the input before"},
    {"retry-failed", "", "not supported yet; --retries tries again at once"},
    {"", "e", "use -E STR; without it no item is the last"},
    {"", "i", "use -I STR; without it {} stands for the item"},
    {"", "l", "use -L N"},
    {"", "v", "use -t, which prints to standard error"},
    {"", "gHTWY", "use the long options; see cpool --help"},
};

/* Words for what is still to come, kept free so that nobody's script changes its meaning. */
static const struct {
    const char *name;
    char letter; /* 0: none */
} reserved[] = {
    {"color", 0},
    {"ctag", 0},
    {"ctagstring", 0},
    {"files", 0},
    {"fg", 0},
    {"bg", 0},
    {"id", 0},
    {"interactive", 'p'},
    {"latest-line", 0},
    {"limit", 0},
    {"listen", 0},
    {"noswap", 0},
    {"open-tty", 'o'},
    {"plugin", 0},
    {"semaphore", 0},
    {"sql", 0},
    {"then", 0},
    {"tmux", 0},
    {"tty", 0},
    {"wait", 0},
    {"block-timeout", 0},
    {"bt", 0},
    {"colour", 0},
    {"ll", 0},
    {"output-as-files", 0},
    {"remove-rec-sep", 0},
    {"rrs", 0},
    {"semaphore-name", 0},
    {"semaphore-timeout", 0},
    {"st", 0},
    {"sql-master", 0},
    {"sql-worker", 0},
    {"sql-and-worker", 0},
    {"ctag-string", 0},
    {"tmux-pane", 0},
};

/* ---- near misses ---- */

/* Whether two names are the same but for hyphens. */
static bool same_letters(const char *name, const char *other, size_t length)
{
    const char *end = other + length;
    for (; *name != '\0' || other < end; name++, other++) {
        name += *name == '-';
        other += other < end && *other == '-';
        if (other == end || *name != *other)
            return *name == '\0' && other == end;
    }
    return true;
}

/* Steps (insert, delete, replace) from one word to another: Levenshtein 1965, with one row of the table
 * kept. */
static size_t distance(const char *a, const char *b)
{
    size_t length = strlen(b), row[64];
    if (length >= ARRAY_LENGTH(row))
        return SIZE_MAX;
    for (size_t i = 0; i <= length; i++)
        row[i] = i;
    for (size_t i = 0; a[i] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t k = 0; k < length; k++) {
            size_t step = size_min(row[k], row[k + 1]) + 1;
            size_t replaced = diagonal + (a[i] != b[k]);
            diagonal = row[k + 1];
            row[k + 1] = size_min(step, replaced);
        }
    }
    return row[length];
}

static const char *nearest(const char *name)
{
    const char *found = NULL;
    size_t least = 3; /* more changes than two are another word */
    const struct option_row *row;
    const struct option_alias *alias;
    for (size_t i = 0; (alias = option_table_alias(i)) != NULL; i++)
        if (same_letters(name, alias->name, strlen(alias->name)))
            return alias->name;
        else if (distance(name, alias->name) < least) {
            least = distance(name, alias->name);
            found = alias->name;
        }
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++)
        if (row->name != NULL && distance(name, row->name) < least) {
            least = same_letters(name, row->name, strlen(row->name)) ? 0 : distance(name, row->name);
            found = row->name;
        }
    return found;
}

/* ---- known words ---- */

static bool is_among(const char *words, const char *name)
{
    for (size_t length; *words != '\0'; words += length + strspn(words + length, " ")) {
        length = strcspn(words, " ");
        if (same_letters(name, words, length))
            return true;
    }
    return false;
}

static const char *find_reserved(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(reserved); i++)
        if (same_letters(name, reserved[i].name, strlen(reserved[i].name)))
            return reserved[i].name;
    return NULL;
}

static const char *find_instead(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(others); i++)
        if (is_among(others[i].names, name))
            return others[i].instead;
    return NULL;
}

/* ---- beginnings of words ---- */

static bool begins_so(const char *word, const char *name)
{
    return strncmp(word, name, strlen(name)) == 0;
}

static const char *option_that_begins_so(const char *name, const char *but)
{
    const struct option_row *row;
    const struct option_alias *alias;
    for (size_t i = 0; (row = option_table_row(i)) != NULL; i++)
        if (row->name != NULL && row->name != but && begins_so(row->name, name))
            return row->name;
    for (size_t i = 0; but == NULL && (alias = option_table_alias(i)) != NULL; i++)
        if (begins_so(alias->name, name))
            return alias->name;
    return NULL;
}

static const char *reserved_that_begins_so(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(reserved); i++)
        if (begins_so(reserved[i].name, name))
            return reserved[i].name;
    return NULL;
}

/* Several options begin so, of which all but one may be still to come: name two. */
static bool say_ambiguous(const char *word, const char *name)
{
    const char *first = *name == '\0' ? NULL : option_that_begins_so(name, NULL);
    const char *second = first == NULL ? NULL : option_that_begins_so(name, first);
    if (first != NULL && second == NULL)
        second = reserved_that_begins_so(name);
    if (second != NULL)
        log_error("%s: more than one option begins so: --%s, --%s", word, first, second);
    return second != NULL;
}

/* ---- all of it ---- */

bool elsewhere_claims(const char *name)
{
    return find_instead(name) != NULL || find_reserved(name) != NULL || reserved_that_begins_so(name) != NULL;
}

void elsewhere_tell(const char *word)
{
    char name[64];
    const char *start = word + strspn(word, "-");
    size_t length = size_min(strcspn(start, "="), sizeof name - 1);
    memcpy(name, start, length);
    name[length] = '\0';

    const char *coming = find_reserved(name);
    if (find_instead(name) != NULL) {
        log_error("--%s: %s", name, find_instead(name));
        return;
    }
    if (coming == NULL && say_ambiguous(word, name))
        return;
    if (coming == NULL && length >= 3)
        coming = reserved_that_begins_so(name);
    if (coming != NULL)
        log_error("--%s: not supported yet", coming);
    else if (length > 0 && nearest(name) != NULL)
        log_error("%s: no such option; did you mean --%s?", word, nearest(name));
    else
        log_error("%s: no such option" HINT, word);
}

void elsewhere_tell_letter(char letter)
{
    for (size_t i = 0; i < ARRAY_LENGTH(others); i++)
        if (letter != '\0' && strchr(others[i].letters, letter) != NULL) {
            log_error("-%c: %s", letter, others[i].instead);
            return;
        }
    for (size_t i = 0; i < ARRAY_LENGTH(reserved); i++)
        if (letter != '\0' && reserved[i].letter == letter) {
            log_error("-%c, --%s: not supported yet", letter, reserved[i].name);
            return;
        }
    log_error("-%c: no such option" HINT, letter);
}
