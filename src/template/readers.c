/*
 * A walk over the words of a command, with two tables: programs that run what stands behind them, or make a
 * text of it, and shells. Of both it must be known which of their options take the next word, because the
 * program or the script is the first word that is neither.
 */
#include "template/readers.h"

#include <string.h>
#include <strings.h>

/*
 * Programs that run a command given as their words; those that are `joined` make one text of it, which is
 * read again.
 */
static const struct readers_program {
    const char *name;
    const char *takes;      /* short options that take the next word, if nothing is attached to them */
    const char *long_takes; /* long ones, with a blank behind each */
    const char *code;  /* short options that take code, by the next word or attached; c is --command, too */
    unsigned operands; /* before the command */
    bool numbers;      /* such an operand begins with a digit, or is not there */
    bool assigns;      /* NAME=VALUE may stand before the command */
    bool splits;       /* what -S takes is cut into words, which stand before the ones behind */
    bool joined;
    const char *joined_by;          /* short options with which they are */
    const char *kept_by;            /* and with which they aren't */
    bool dashes_end;                /* behind -- words are handed on as they are */
    bool silent;                    /* runs none of its words */
    enum readers_verdict by_option; /* of an item that could be one of its options, and run code by that */
    bool scripts;                   /* the command may be one word, which is a script */
    bool quiet;                     /* reads again only words that look like a script */
    bool finds;                     /* an option begins the command, and ; ends it */
    const char *instead;
} programs[] = {
    {"env", .by_option = READERS_REFUSE, .instead = "the words by themselves, without -S", .takes = "uCaPLU",
     .long_takes = "unset chdir argv0 ", .assigns = true, .splits = true},
    {.name = "busybox"},
    {.name = "toybox"},
    {"nice", .takes = "n", .long_takes = "adjustment "},
    {.name = "nohup"},
    {.name = "setsid"},
    {"timeout", .takes = "ks", .long_takes = "kill-after signal ", .operands = 1},
    {"stdbuf", .takes = "ioe", .long_takes = "input output error "},
    {"time", .takes = "fo", .long_takes = "format output "},
    {"chroot", .long_takes = "groups userspec ", .operands = 1},
    {"chrt", .takes = "TPD", .long_takes = "sched-runtime sched-period sched-deadline ", .operands = 1,
     .numbers = true},
    {"ionice", .takes = "cnpPu", .long_takes = "class classdata pid pgid uid "},
    {"taskset", .operands = 1},
    {"prlimit", .takes = "po", .long_takes = "pid output "},
    {"setpriv", .long_takes =
                    "ambient-caps inh-caps bounding-set ruid euid rgid egid reuid regid groups securebits "
                    "pdeathsig selinux-label apparmor-profile "},
    {"unshare", .takes = "RwSGl",
     .long_takes = "map-user map-group map-users map-groups propagation setgroups root wd setuid setgid "
                   "monotonic boottime load-interp "},
    {"nsenter", .takes = "tSGWN", .long_takes = "target setuid setgid wdns net-socket "},
    {"strace", .by_option = READERS_REFUSE, .takes = "abeEIoOpPsSuUX",
     .long_takes = "env attach user detach-on interruptible trace signal status trace-path columns abbrev "
                   "verbose raw read write kvm output string-limit const-print-style "
                   "summary-syscall-overhead summary-sort-by summary-columns "},
    {"fakeroot", .takes = "lisb", .long_takes = "lib faked "},
    {"doas", .takes = "aCu", .joined_by = "s", .instead = "doas sh -c '... \"$1\" ...' _ {}"},
    {"sudo", .takes = "CDghpRrTtUu",
     .long_takes = "close-from chdir group host prompt chroot role command-timeout type other-user user ",
     .assigns = true, .joined_by = "si", .instead = "sudo sh -c '... \"$1\" ...' _ {}"},
    {"pkexec", .long_takes = "user "},
    {"runuser", .by_option = READERS_REFUSE, .takes = "ugGswT",
     .long_takes = "user group supp-group shell whitelist-environment session-command ", .code = "c",
     .operands = 1, .joined = true, .kept_by = "u", .dashes_end = true,
     .instead = "runuser -u USER -- sh -c '... \"$1\" ...' _ {}"},
    {"flock", .takes = "wE", .long_takes = "timeout wait conflict-exit-code ", .code = "c", .operands = 1,
     .instead = "flock FILE sh -c '... \"$1\" ...' _ {}"},
    {"xargs", .takes = "adEILnPsJRS",
     .long_takes = "arg-file delimiter max-args max-procs max-chars process-slot-var "},
    {"find", .finds = true},
    {"echo", .silent = true},
    {"printf", .silent = true},
    {"ssh", .by_option = READERS_WARN, .takes = "BbcDEeFIiJLlmOoPpQRSWw", .operands = 1, .joined = true,
     .instead = "a pipeline: printf '%s\\0' {} '|' ssh HOST xargs -0 COMMAND"},
    {"rsh", .by_option = READERS_WARN, .takes = "lpk", .operands = 1, .joined = true,
     .instead = "a pipeline: printf '%s\\0' {} '|' rsh HOST xargs -0 COMMAND"},
    {"mosh", .by_option = READERS_WARN, .takes = "pan", .operands = 1, .joined = true,
     .instead = "a pipeline: printf '%s\\0' {} '|' ssh HOST xargs -0 COMMAND"},
    {"su", .by_option = READERS_REFUSE, .takes = "gGswT",
     .long_takes = "group supp-group shell whitelist-environment session-command ", .code = "c",
     .operands = 1, .joined = true, .dashes_end = true, .instead = "su USER -c '... \"$1\" ...' -- _ {}"},
    {"sg", .by_option = READERS_REFUSE, .code = "c", .operands = 1, .joined = true},
    {"watch", .takes = "nq", .long_takes = "interval equexit ", .joined = true, .kept_by = "x",
     .instead = "watch -x sh -c '... \"$1\" ...' _ {}"},
    {"script", .by_option = READERS_REFUSE, .takes = "IOBTmEo",
     .long_takes = "log-in log-out log-io log-timing logging-format echo output-limit ", .code = "c",
     .operands = 1, .joined = true},
    {"at", .takes = "qft", .joined = true},
    {"batch", .takes = "qf", .joined = true},
    {"parallel", .joined = true, .instead = "cpool in its place"},
    {"cpool", .takes = "jPnNLsdCEIa", .long_takes = "jobs timeout retries halt delay ", .scripts = true,
     .quiet = true},
    {"tmux", .takes = "cfLST", .joined = true},
    {"screen", .takes = "cehpsStT", .joined = true},
    {"hyperfine", .joined = true},
    {"systemd-run", .joined = true},
};

static const struct readers_shell {
    const char *name;
    unsigned shells;          /* that it may be; 0: its quoting is not known */
    const char *takes;        /* short options that take the next word */
    const char *long_takes;   /* long ones, with a blank behind each */
    const char *long_command; /* what is -c as well */
    bool joined;              /* all words behind that are the script */
    const char *instead;
} shells[] = {
    {.name = "sh",
     .shells = READERS_ALL,
     .takes = "oO",
     .long_takes = "rcfile init-file emulate profile ",
     .long_command = "cmdline "},
    {.name = "bash", .shells = READERS_BASH, .takes = "oO", .long_takes = "rcfile init-file "},
    {.name = "rbash", .shells = READERS_BASH, .takes = "oO", .long_takes = "rcfile init-file "},
    {.name = "dash", .shells = READERS_ASH, .takes = "o"},
    {.name = "ash", .shells = READERS_ASH, .takes = "o"},
    {.name = "ksh", .shells = READERS_KSH93 | READERS_MKSH, .takes = "oRT"},
    {.name = "rksh", .shells = READERS_KSH93 | READERS_MKSH, .takes = "oRT"},
    {.name = "ksh93", .shells = READERS_KSH93, .takes = "oRT"},
    {.name = "mksh", .shells = READERS_MKSH, .takes = "oT"},
    {.name = "lksh", .shells = READERS_MKSH, .takes = "oT"},
    {.name = "pdksh", .shells = READERS_MKSH, .takes = "oT"},
    {.name = "oksh", .shells = READERS_MKSH, .takes = "oT"},
    {.name = "posh", .shells = READERS_MKSH, .takes = "oT"},
    {.name = "zsh", .shells = READERS_ZSH, .takes = "o", .long_takes = "emulate "},
    {.name = "rzsh", .shells = READERS_ZSH, .takes = "o", .long_takes = "emulate "},
    {.name = "yash",
     .shells = READERS_YASH,
     .takes = "o",
     .long_takes = "rcfile profile ",
     .long_command = "cmdline "},
    {.name = "fish",
     .takes = "dfop",
     .long_takes = "debug features debug-output profile ",
     .long_command = "command init-command ",
     .instead = "fish -c '... $argv ...' {}"},
    {.name = "csh", .instead = "csh -c '... $argv:q ...' {}"},
    {.name = "tcsh", .instead = "tcsh -c '... $argv:q ...' {}"},
    {.name = "rc", .instead = "rc -c '... $* ...' {}"},
    {.name = "es", .instead = "es -c '... $* ...' {}"},
    {.name = "hush", .instead = "hush -c '... \"$1\" ...' _ {}"},
    {.name = "osh", .takes = "oO", .instead = "osh -c '... \"$1\" ...' _ {}"},
    {.name = "ysh", .takes = "oO"},
    {.name = "nu", .long_command = "commands execute "},
    {.name = "elvish"},
    {.name = "xonsh"},
    {.name = "murex"},
    {.name = "ion"},
    {.name = "pwsh", .joined = true},
    {.name = "powershell", .joined = true},
};

/* Long options of bash without an argument, and with one. */
static const char bash_options[] =
    "debug debugger dump-po-strings dump-strings help login noediting noprofile norc posix pretty-print "
    "protected restricted verbose version wordexp rcfile init-file ";

/* ---- looking up ---- */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* One of a system's, that is; ./script is somebody's own. */
static const struct readers_program *find_program(const char *path)
{
    const char *name = base_name(path);
    size_t folder = (size_t)(name - path);
    if (folder > 0 && (folder < 4 || strncmp(name - 4, "bin/", 4) != 0))
        return NULL;
    for (size_t i = 0; i < ARRAY_LENGTH(programs); i++)
        if (strcmp(programs[i].name, name) == 0)
            return &programs[i];
    return NULL;
}

/* Also with a version behind it, as in bash5.2 and zsh-5.9, or -static. */
static const struct readers_shell *find_shell(const char *path)
{
    const char *name = base_name(path);
    for (size_t i = 0; i < ARRAY_LENGTH(shells); i++) {
        size_t length = strlen(shells[i].name);
        if (strncmp(name, shells[i].name, length) != 0)
            continue;
        const char *rest = name + length;
        if (strcmp(rest, "-static") == 0 || rest[strspn(rest, "-.0123456789")] == '\0')
            return &shells[i];
    }
    return NULL;
}

/* Whether a long option, which may be cut short, is in the list. */
static bool is_long_option(const char *option, const char *list)
{
    size_t length = strcspn(option, "=");
    for (const char *at = list; at != NULL && *at != '\0'; at = strchr(at, ' ') + 1)
        if (length > 0 && strncmp(at, option, length) == 0)
            return true;
    return false;
}

static bool is_assignment(const char *text)
{
    const char *equals = strchr(text, '=');
    return equals != NULL && equals > text;
}

static bool is_letter_of(char letter, const char *letters)
{
    return letters != NULL && letter != '\0' && strchr(letters, letter) != NULL;
}

/* ---- programs ---- */

static enum readers_use take_program(struct readers *readers, const char *text, enum readers_word known)
{
    readers->shell = known == READERS_KNOWN ? find_shell(text) : NULL;
    readers->command = readers->options_over = readers->as_they_are = false;
    if (readers->shell != NULL) {
        readers->is_busybox = readers->program != NULL && strcmp(readers->program->name, "busybox") == 0;
        readers->state = READERS_AT_SHELL_OPTIONS;
        return READERS_SHELL;
    }
    readers->program = known == READERS_KNOWN ? find_program(text) : NULL;
    if (readers->program == NULL) {
        readers->state = READERS_AT_ARGUMENTS;
        readers->doubtful = true;
        readers->by_item = known != READERS_KNOWN;
    } else {
        readers->state = readers->program->silent  ? READERS_AT_OPERANDS
                         : readers->program->finds ? READERS_AT_FIND
                                                   : READERS_AT_OPTIONS;
        readers->operands = readers->program->operands;
    }
    return READERS_PROGRAM;
}

/* Of env -S: where it has quotes and the like, nobody knows what becomes of it. */
static void split(struct readers *readers, const char *text)
{
    char word[64];
    if (strpbrk(text, "\\\"'$#") != NULL) {
        (void)take_program(readers, "", READERS_PARTLY);
        return;
    }
    while (*(text += strspn(text, " \t")) != '\0') {
        size_t length = strcspn(text, " \t");
        size_t kept = length < sizeof word ? length : sizeof word - 1;
        memcpy(word, text, kept);
        word[kept] = '\0';
        (void)readers_take(readers, word, READERS_KNOWN);
        text += length;
    }
}

static enum readers_use take_long_option(struct readers *readers, const char *option)
{
    const struct readers_program *program = readers->program;
    const char *value = strchr(option, '=');
    bool splits = program->splits && is_long_option(option, "split-string ");
    bool code = program->code != NULL && is_long_option(option, "command session-command ");
    if (program->kept_by != NULL && is_long_option(option, "exec user "))
        readers->as_they_are = true;
    if (program->joined_by != NULL && is_long_option(option, "shell login "))
        readers->state = READERS_AT_TEXT;
    if (value == NULL && (splits || code || is_long_option(option, program->long_takes))) {
        readers->skipped = 1;
        readers->skipped_use = splits || code ? READERS_CODE : READERS_DATA;
        readers->splits = splits;
    }
    if (value != NULL && splits)
        split(readers, value + 1);
    return value != NULL && (splits || code) ? READERS_CODE : READERS_DATA;
}

static enum readers_use take_short_options(struct readers *readers, const char *letters)
{
    const struct readers_program *program = readers->program;
    for (; *letters != '\0'; letters++) {
        bool splits = program->splits && *letters == 'S';
        bool code = splits || is_letter_of(*letters, program->code);
        readers->as_they_are |= is_letter_of(*letters, program->kept_by);
        if (is_letter_of(*letters, program->joined_by))
            readers->state = READERS_AT_TEXT;
        if (!code && !is_letter_of(*letters, program->takes))
            continue;
        if (letters[1] != '\0' && splits)
            split(readers, letters + 1);
        if (letters[1] != '\0')
            return code ? READERS_CODE : READERS_DATA;
        readers->skipped = 1;
        readers->skipped_use = code ? READERS_CODE : READERS_DATA;
        readers->splits = splits;
    }
    return READERS_DATA;
}

static enum readers_use take_skipped(struct readers *readers, const char *text)
{
    readers->skipped--;
    /* yash has -o cmdline for -c, and it may be cut short. */
    if (readers->state == READERS_AT_SHELL_OPTIONS && (readers->shell->shells & READERS_YASH) != 0 &&
        strncasecmp(text, "cm", 2) == 0)
        readers->command = readers->doubtful = true;
    if (readers->splits) {
        readers->splits = false;
        split(readers, text);
    }
    return readers->skipped_use;
}

bool readers_run_variable(const char *assignment)
{
    static const char *const run[] = {"BASH_ENV", "ENV", "PS4", "PROMPT_COMMAND", "ZDOTDIR"};
    static const char function[] = "BASH_FUNC_";
    size_t length = strcspn(assignment, "=");

    if (assignment[length] == '\0')
        return false;
    for (size_t i = 0; i < ARRAY_LENGTH(run); i++)
        if (strlen(run[i]) == length && memcmp(assignment, run[i], length) == 0)
            return true;
    return strncmp(assignment, function, strlen(function)) == 0;
}

static enum readers_use take_option_or_operand(struct readers *readers, const char *text,
                                               enum readers_word known)
{
    const struct readers_program *program = readers->program;

    if (text[0] == '-' && !readers->options_over) {
        readers->options_over = strcmp(text, "--") == 0;
        if (readers->options_over && program->dashes_end)
            readers->state = READERS_AT_OPERANDS;
        if (readers->options_over)
            return READERS_DATA;
        return text[1] == '-' ? take_long_option(readers, text + 2) : take_short_options(readers, text + 1);
    }
    bool leads = known == READERS_LED && !readers->options_over && program->by_option != READERS_TAKE;
    readers->in_variable = program->assigns && readers_run_variable(text);
    if (readers->in_variable)
        return READERS_CODE;
    readers->options_over |= program->assigns && text[0] != '\0'; /* an expansion may be nothing */
    if (program->assigns && (is_assignment(text) || known != READERS_KNOWN))
        return leads ? READERS_LEADING : READERS_DATA;
    bool is_missing = program->numbers && known == READERS_KNOWN && strspn(text, "0123456789") == 0;
    if (readers->operands > 0 && !readers->as_they_are && !is_missing) {
        readers->operands--;
        return leads ? READERS_LEADING : READERS_DATA;
    }
    if (program->scripts && known != READERS_KNOWN) {
        (void)take_program(readers, text, known);
        return READERS_REREAD;
    }
    if (!program->joined || readers->as_they_are)
        return leads ? READERS_LEADING : take_program(readers, text, known);
    readers->state = READERS_AT_TEXT;
    return READERS_REREAD;
}

/* A -- that is not the argument of a -c. */
static enum readers_use take_text(struct readers *readers, const char *text)
{
    bool is_code = readers->command;
    bool ends = readers->program->dashes_end && !is_code && strcmp(text, "--") == 0;
    readers->command =
        readers->program->code != NULL && text[0] == '-' && text[1] != '-' && text[strlen(text) - 1] == 'c';
    if (!ends)
        return is_code ? READERS_CODE : READERS_REREAD;
    readers->state = READERS_AT_OPERANDS;
    return READERS_DATA;
}

static enum readers_use take_of_find(struct readers *readers, const char *text)
{
    static const char *const actions[] = {"-exec", "-execdir", "-ok", "-okdir"};
    for (size_t i = 0; i < ARRAY_LENGTH(actions); i++)
        if (strcmp(text, actions[i]) == 0) {
            readers->state = READERS_AT_PROGRAM;
            readers->in_find = true;
        }
    return READERS_DATA;
}

/* Of a program that may be anything. */
static enum readers_use take_argument(struct readers *readers, const char *text, enum readers_word known)
{
    const struct readers_shell *shell = known == READERS_KNOWN ? find_shell(text) : NULL;
    if (shell != NULL) {
        readers->shell = shell;
        readers->state = READERS_AT_SHELL_OPTIONS;
        readers->command = readers->options_over = false;
        return READERS_DATA;
    }
    bool is_option = text[0] == '-' && text[1] != '-';
    bool is_script = readers->command && !is_option;
    readers->command =
        readers->by_item && ((is_option && strchr(text, 'c') != NULL) || (readers->command && is_option));
    return is_script ? READERS_UNKNOWN : READERS_DATA;
}

/* ---- shells ---- */

/* Letters; where one that takes a word is not the last, shells do not agree which word that is. */
static void take_letters(struct readers *readers, const char *letters)
{
    const struct readers_shell *shell = readers->shell;
    for (; *letters != '\0'; letters++) {
        readers->input |= *letters == 's';
        readers->command |= *letters == 'c' || (shell->shells == 0 && *letters == 'C');
        if (!is_letter_of(*letters, shell->takes))
            continue;
        readers->skipped++;
        readers->skipped_use = READERS_DATA;
        readers->doubtful |= letters[1] != '\0';
    }
}

static enum readers_use take_shell_option(struct readers *readers, const char *text)
{
    const struct readers_shell *shell = readers->shell;
    const char *name = text + (strncmp(text, "--", 2) == 0 ? 2 : 1);
    /* bash knows them behind a single -, too; some have a c in them. */
    bool is_long = text[1] == '-' || ((shell->shells & READERS_BASH) != 0 && text[0] == '-' &&
                                      strlen(name) > 3 && is_long_option(name, bash_options));

    readers->options_over = name[0] == '\0';
    if (!is_long) {
        take_letters(readers, name);
    } else if (is_long_option(name, shell->long_command)) {
        readers->command = true;
    } else if (is_long_option(name, shell->long_takes) && strchr(name, '=') == NULL) {
        readers->skipped = 1;
        readers->skipped_use = READERS_DATA;
    }
    return READERS_OPTION;
}

/* A file's name that stands for standard input, or for something else that is open already. */
static bool is_input(const char *text)
{
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/", "/proc/thread-self/fd/"};
    for (size_t i = 0; i < ARRAY_LENGTH(folders); i++)
        if (strncmp(text, folders[i], strlen(folders[i])) == 0)
            return true;
    return strcmp(text, "/dev/stdin") == 0;
}

static enum readers_use take_of_shell(struct readers *readers, const char *text, enum readers_word known)
{
    bool is_foreign = readers->shell->shells == 0;

    if ((text[0] == '-' || text[0] == '+') && !readers->options_over)
        return take_shell_option(readers, text);
    if (!readers->command && known != READERS_KNOWN && !readers->options_over) {
        readers->doubtful = true; /* it may be an option */
        return READERS_DATA;
    }
    if (readers->command && is_foreign) { /* some can have several, or take all that is there */
        readers->command = readers->shell->joined;
        return READERS_FOREIGN;
    }
    readers->state = readers->doubtful ? READERS_AT_ARGUMENTS : READERS_AT_OPERANDS;
    readers->input |= is_input(text);
    if (readers->command) {
        readers->input = false;
        return readers->doubtful ? READERS_DOUBTFUL : READERS_SCRIPT;
    }
    return readers->doubtful ? take_argument(readers, text, known) : READERS_DATA;
}

/* ---- all ---- */

/* ; ends what find runs, and so does + behind {}. */
static bool ends_command(struct readers *readers, const char *text)
{
    bool was_braces = readers->was_braces && readers->skipped == 0;
    if (readers->skipped == 0)
        readers->was_braces = strcmp(text, "{}") == 0;
    return readers->in_find && (strcmp(text, ";") == 0 || (was_braces && strcmp(text, "+") == 0));
}

static enum readers_use take(struct readers *readers, const char *text, enum readers_word known)
{
    if (ends_command(readers, text)) {
        *readers = (struct readers){.state = READERS_AT_FIND, .program = find_program("find")};
        return READERS_END;
    }
    if (readers->skipped > 0)
        return take_skipped(readers, text);
    switch (readers->state) {
    case READERS_AT_PROGRAM:
        return take_program(readers, text, known);
    case READERS_AT_OPTIONS:
        return take_option_or_operand(readers, text, known);
    case READERS_AT_FIND:
        return take_of_find(readers, text);
    case READERS_AT_SHELL_OPTIONS:
        return take_of_shell(readers, text, known);
    case READERS_AT_ARGUMENTS:
        return take_argument(readers, text, known);
    case READERS_AT_TEXT:
        return take_text(readers, text);
    case READERS_AT_OPERANDS:
        break;
    }
    return READERS_DATA;
}

enum readers_use readers_take(struct readers *readers, const char *text, enum readers_word known)
{
    const struct readers_program *program = readers->program;
    readers->last = take(readers, text, known);
    if (readers->last >= READERS_REREAD && readers->last <= READERS_LEADING)
        readers->rereader = program;
    return readers->last;
}

bool readers_read_input(const struct readers *readers)
{
    static const char *const takers[] = {"at", "batch", "ssh", "rsh", "su"};
    const struct readers_program *program = readers->program;
    if (readers->input || (readers->state == READERS_AT_SHELL_OPTIONS && !readers->command))
        return true;
    for (size_t i = 0; readers->state == READERS_AT_OPTIONS && i < ARRAY_LENGTH(takers); i++)
        if (strcmp(program->name, takers[i]) == 0)
            return true;
    return false;
}

enum readers_use readers_next(const struct readers *readers)
{
    struct readers copy = *readers;
    return take(&copy, "x", READERS_LED);
}

const char *readers_name(const struct readers *readers)
{
    switch (readers->last) {
    case READERS_REREAD:
    case READERS_CODE:
    case READERS_LEADING:
        return readers->rereader->name;
    case READERS_UNKNOWN:
        return "a shell that an item names";
    default:
        return readers->shell->name;
    }
}

const char *readers_instead(const struct readers *readers)
{
    const char *instead = NULL;
    if (readers->last == READERS_LEADING)
        return "-- before it";
    if (readers->last == READERS_CODE && readers->in_variable)
        return "another name, and \"$NAME\" in a script: a shell runs what is in this variable";
    if (readers->last == READERS_REREAD || readers->last == READERS_CODE)
        instead = readers->rereader->instead;
    else if (readers->last == READERS_FOREIGN)
        instead = readers->shell->instead;
    else
        return "sh -c '... \"$1\" ...' _ {}";
    return instead != NULL
               ? instead
               : "'... \"$x\" ...' in single quotes there, and x={} in front of the program's name "
                 "without a ; between, all in one script";
}

unsigned readers_shells(const struct readers *readers)
{
    return readers->is_busybox ? READERS_ASH : readers->shell->shells;
}

bool readers_leaves(const struct readers *readers)
{
    static const char *const leavers[] = {"chroot", "nsenter", "unshare"};
    for (size_t i = 0; readers->program != NULL && i < ARRAY_LENGTH(leavers); i++)
        if (strcmp(readers->program->name, leavers[i]) == 0)
            return true;
    return false;
}

enum readers_verdict readers_judge(const struct readers *readers)
{
    if (readers->last == READERS_LEADING)
        return readers->rereader->by_option;
    return readers->rereader->quiet ? READERS_TAKE : READERS_WARN;
}

unsigned readers_shells_named(const char *path)
{
    const struct readers_shell *shell = find_shell(path);
    if (strcmp(base_name(path), "busybox") == 0)
        return READERS_ASH;
    return shell == NULL ? 0 : shell->shells;
}
