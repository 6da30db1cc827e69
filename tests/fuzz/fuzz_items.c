/*
 * fuzz_items: no item is ever code. Random command lines, each a script for a shell behind random programs
 * that run it, with {} wherever a grammar of scripts can put it, get items that would make a folder if any of
 * them were read as code.
 *
 *     fuzz_items CPOOL LINES [SEED]
 *
 * Each command line must either be refused with 125 before anything starts, or hand over each item byte for
 * byte: scripts print it where they can, in front of all else that is in them. The folder must never be
 * there. A script with nothing but that in it must not be refused, unless it stands behind a program that is
 * not known, or that reads its words again.
 *
 * What is run may do anything, `kill -{}` among it: this process must be the first one of a pid namespace,
 * and does nothing in any other. Works in the current folder. Prints its figures; ends with 0, or says what
 * was wrong and ends with 1.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define EXIT_SKIPPED 77
#define LENGTH(list) (sizeof(list) / sizeof((list)[0]))

enum { ITEMS = 4, WORDS_MAX = 64, PRINTED_MAX = 32, TEXT_MAX = 8192, SECONDS = 120, REFUSED = 125 };

static uint64_t seed, state;
static char folder[512], canary[600], out[600];

/* ---- the command line that is made ---- */

struct text {
    char bytes[TEXT_MAX];
    size_t length;
};

/* What the script may print for an item, before and behind it. */
struct printed {
    char before[64], behind[64];
};

static struct {
    char *words[WORDS_MAX]; /* owned */
    size_t count;
    struct printed printed[PRINTED_MAX];
    size_t printed_count;
    const char *shell; /* whose script it is */
    bool must_refuse;  /* the item would be code, and where that is can't be mended */
    bool finds;        /* it stands behind find */
    bool must_take;    /* nothing but items that are printed */
} line;

static struct {
    const char *shell;
    unsigned long lines, taken, refused, silent;
} figures[16];

static size_t below(size_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (size_t)(state % limit);
}

static bool one_in(size_t count)
{
    return below(count) == 0;
}

#define PICK(list) ((list)[below(LENGTH(list))])

static void add_word(const char *text)
{
    if (line.count + 1 < WORDS_MAX)
        line.words[line.count++] = strdup(text);
}

/* Blanks part them. */
static void add_words(const char *text)
{
    char copy[256];
    snprintf(copy, sizeof copy, "%s", text);
    for (char *word = strtok(copy, " "); word != NULL; word = strtok(NULL, " "))
        add_word(word);
}

static void append(struct text *text, const char *more)
{
    size_t length = strlen(more);
    if (text->length + length >= TEXT_MAX)
        return;
    memcpy(text->bytes + text->length, more, length + 1);
    text->length += length;
}

/* ---- scripts ---- */

/* Commands that could evaluate what stands for H, or read it otherwise than as data. */
/* clang-format off */
static const char *const statements[] = {
    ": H", "echo H >/dev/null", "x=H; : \"$x\"", "x=H :", "x+=H", ": $((H))", ": $((1+H))",
    ": \"$((H*2))\"", ": $((x=H))", "((H))", "((x=H))", "let H", "let x=H",
    "for ((i=H;i<1;i++)); do :; done", "[[ H -gt 1 ]]", "[[ 1 -eq H ]]", "[[ H == x ]]", "[[ x == H ]]",
    "[[ x =~ H ]]", "[[ -v H ]]", "[[ -n H && 1 -lt H ]]", "[[ -t H ]]", "[[ -o H ]]", "a[H]=1", "a[1+H]=1",
    "a=(H)", "a=([H]=1)", "a+=(x H)", ": ${a[H]}", ": ${x:H}", ": ${x:1:H}", ": ${x:-H}", ": \"${x:=H}\"",
    ": ${x#H}", ": ${!H}", ": $x[H]", "eval H", "eval echo H", "eval \"echo H\"", "trap H EXIT",
    "trap \"echo H\" EXIT", "PS4=H; set -x; :", "RANDOM=H", "SECONDS=H", "OPTIND=H", "HISTSIZE=H",
    "COLUMNS=H", "LINENO=H", "TMOUT=H", "UID=H", "[ H -gt 1 ]", "[ 1 -lt H ]", "[ H = x ]", "[ x != H ]",
    "[ -n H ]", "[ H ]", "[ ! H ]", "[ -t H ]", "[ -v H ]", "[ -f H -a 1 -eq 1 ]", "[ \"$x\" H ]",
    "[ H \"$x\" 1 ]", "test H -eq 1", "test -v H", "test H -nt H", "test H", "shift H", "ulimit -n H",
    "exit H", "return H", "f () { return H; }; f", "break H", "for i in 1; do break H; done",
    "for i in 1; do continue H; done", "printf %d H", "printf '%s %d' x H", "printf '%s' H",
    "printf '%b' H", "printf H x", "printf -v H x", "printf -- H x", "printf \"%s$x\" H", "print H",
    "print -- H", "print -f %d H", "print -P H", "print -u2 H", "read H </dev/null",
    "read -r x </dev/null H", "unset H", "unset -v H", "export H", "export x=H", "readonly y=H",
    "declare x=H", "declare -i x=H", "declare -a x=H", "typeset -i x=H", "typeset x=H",
    "f () { local y=H; }; f", "getopts H x", "getopts a H", "mapfile H </dev/null", "wait H",
    "kill -H 999999", "kill -0 H", "cd H", "umask H", "set H", "set -- H", "set -A x H", "fc -e H",
    "compgen -W H", "complete -C H x", "coproc H", "alias H", "alias x=H", "hash H", "type H",
    "command -v H", "echo >H", "cat <H", "echo 2>H", "echo >&H", "cat <&H", "exec 3<H", "exec {a[H]}>x",
    "cat <<<H >/dev/null", "cat <<E >/dev/null\nH\nE", "cat <<'E' >/dev/null\nH\nE",
    "cat <<-E >/dev/null\n\tH\n\tE", "sh <<E\n: H\nE", "bash -s x <<E\n: H\nE", "cat <<E | sh\n: H\nE",
    "bash <<<H", ". H", "source H", ". <(echo H)", "bash <(echo H)", "cat <(echo H)", "H", "H x", "\"H\" x",
    "env H", "env H true", "env -S H", "env x=H true", "command H", "exec H", "nohup H >/dev/null",
    "command eval H", "builtin eval H", "command -p eval H", "noglob eval H", "e'v'al H", "\\eval H",
    "\"eval\" H", "$'eval' H", "${x:-eval} H", "${x-eval} H", "x=eval; $x H", "x='eval'; \"$x\" H",
    "{eval,:} H", "e${x}val H", "e$x'val' H", "$x eval H", "$(true) eval H", "! eval H", "true && eval H",
    "if eval H; then :; fi", "time eval H", "case H in H) : ;; esac", "case x in H) : ;; esac",
    "case x in x) : H ;; esac", "for i in H; do : \"$i\"; done", "for i in x H; do :; done",
    "select i in H; do break; done </dev/null", "repeat H :", "until H; do break; done", "if H; then :; fi",
    "echo H | cat >/dev/null", "echo H & wait", "( : H )", "{ : H; }", "x=`echo H`", ": \"`echo H`\"",
    ": \\H", ": \"\\H\"", ": $H", ": ${H}", ": $'H'", ": ~H", ": {1..H}", ": *H", ": [H]", ": @(H|b)",
    ": # H", ": $[H]", "function H { :; }", "H () { :; }", "sh -c H", "sh -c 'echo H'", "sh -c \"echo H\"",
    "env sh -c \"echo H\"", "timeout 5 bash -ec 'echo H'",
    "find . -maxdepth 0 -exec sh -c 'echo H' ';' >/dev/null", "xargs sh -c H </dev/null",
    "$SHELL -c \"echo H\"", "sh -c 'echo \"$1\"' _ H", "sh H", "bash -O extglob -c H", "busybox sh -c H",
    "su x -c H </dev/null", "grep sh -c H /dev/null", "fish -c H", "ssh h \"echo H\"", "env $y H",
    "zstyle -e x y H", "zmodload H", "nameref H", "integer x=H", "enum H", "x=(H); : ${x[0]}",
    "declare -A a; a[H]=1", "functions[f]=H; f", "BASH_ALIASES[x]=H", "x=H; : ${#x}",
    "bash -{} -c 'echo H'", "sh {} -c 'echo H'",
};
/* clang-format on */

/* What an item can stand as, and what stands behind H in a substitution. */
static const char *const holes[] = {"{}",   "\"{}\"",  "'{}'", "x{}", "\"x {}\"",
                                    "{}.y", "'a\"{}'", "{.}",  "{/}", "$(({}))"};
static const char *const commands[] = {
    "echo H",
    "printf %s H",
    "printf '%s\\n' x H",
    "basename H .log",
    "cat <<<H",
    "( echo H )",
    "{ echo H; }",
    "x=H; echo \"$x\"",
    "echo a | sed s/a/b/; echo H",
    "true H; echo H",
    "case H in *) echo H ;; esac",
    "wc -c <H",
    "cat <(echo H)",
    "command echo H",
    "env echo H",
};
static const char *const substitutions[] = {"$(C)",       "\"$(C)\"", "x$(C)",     "`C`",
                                            "\"x $(C)\"", "$(C) ",    "${x:-$(C)}"};

/* `text` with what is made for each `letter`. */
static void expand(struct text *text, const char *pattern, char letter,
                   void (*put)(struct text *text, unsigned depth), unsigned depth)
{
    char byte[2] = "";
    for (; *pattern != '\0'; pattern++) {
        byte[0] = *pattern;
        bool is_whole = pattern[1] == '\0' || strchr("OPRT", pattern[1]) == NULL;
        if (*pattern == letter && is_whole)
            put(text, depth);
        else
            append(text, byte);
    }
}

static void put_hole(struct text *text, unsigned depth);

static void put_command(struct text *text, unsigned depth)
{
    expand(text, PICK(commands), 'H', put_hole, depth + 1);
}

static void put_hole(struct text *text, unsigned depth)
{
    if (depth < 4 && one_in(3))
        expand(text, PICK(substitutions), 'C', put_command, depth);
    else
        append(text, PICK(holes));
}

static const struct {
    const char *text, *before, *behind;
} prints[] = {
    {"{}", "", ""},
    {"\"{}\"", "", ""},
    {"'{}'", "", ""},
    {"a{}b", "a", "b"},
    {"\"a {} b\"", "a ", " b"},
    {"'p\"{}\\q'", "p\"", "\\q"},
    {"\"\\{}\"", "\\", ""},
    {"\"$(printf '%s.' {})\"", "", "."},
    {"\"$(printf '%s.' \"$(printf '%s.' '{}')\")\"", "", ".."},
};

/* A line that prints the item. */
static void put_print(struct text *text)
{
    size_t which = below(LENGTH(prints));
    append(text, "printf '%s\\0' ");
    append(text, prints[which].text);
    append(text, " >>");
    append(text, out);
    append(text, "\n");
    struct printed *printed = &line.printed[line.printed_count++];
    snprintf(printed->before, sizeof printed->before, "%s", prints[which].before);
    snprintf(printed->behind, sizeof printed->behind, "%s", prints[which].behind);
}

static void put_script(struct text *text)
{
    static const char *const between[] = {"\n", "\n", "; ", " && ", " || ", " | ", " & "};
    put_print(text);
    if (one_in(3)) {
        line.must_take = !line.must_refuse;
        return;
    }
    for (size_t left = 1 + below(2); left > 0; left--) {
        expand(text, PICK(statements), 'H', put_hole, 0);
        append(text, left > 1 ? PICK(between) : "");
    }
}

/* ---- words ---- */

static const struct {
    const char *words; /* of the command line, before -c and the script */
    const char *needs;
} shells[] = {
    {"sh", "sh"},     {"dash", "dash"},           {"bash", "bash"},
    {"ksh", "ksh"},   {"mksh", "mksh"},           {"zsh", "zsh"},
    {"yash", "yash"}, {"posh", "posh"},           {"busybox sh", "busybox"},
    {"bash", "bash"}, {"busybox ash", "busybox"},
};

static const struct {
    const char *words;
    const char *shell; /* that has them; NULL: all */
} options[] = {
    {"-c", NULL},
    {"-c", NULL},
    {"-ec", NULL},
    {"-e -c", NULL},
    {"-c -e", NULL},
    {"-c --", NULL},
    {"-o errexit -c", NULL},
    {"-co errexit", NULL},
    {"-uc", NULL},
    {"-xc", NULL},
    {"+e -c", NULL},
    {"+c", "bash"},
    {"+c", "dash"},
    {"-O extglob -c", "bash"},
    {"+O extglob -c", "bash"},
    {"--norc -c", "bash"},
    {"-norc -c", "bash"},
    {"--rcfile /dev/null -c", "bash"},
    {"--init-file /dev/null -c", "bash"},
    {"--posix -c", "bash"},
    {"--emulate sh -c", "zsh"},
    {"-f -c", "zsh"},
    {"--cmdline", "yash"},
};

/* What may stand before a shell; what must be refused there. F: find's end. */
static const struct {
    const char *words, *needs;
    bool must_refuse;
} wrappers[] = {
    {"env", "env", false},
    {"env A=1 B=", "env", false},
    {"env -u A -C .", "env", false},
    {"env --unset=A --chdir .", "env", false},
    {"env -S nice", "env", false},
    {"timeout 60", "timeout", false},
    {"timeout -k 1 -s KILL 60", "timeout", false},
    {"timeout --signal TERM --foreground 60", "timeout", false},
    {"nice", "nice", false},
    {"nice -n 3", "nice", false},
    {"nice -5", "nice", false},
    {"nohup", "nohup", false},
    {"setsid -w", "setsid", false},
    {"stdbuf -oL -e 0", "stdbuf", false},
    {"flock lock", "flock", false},
    {"flock -w 9 lock2", "flock", false},
    {"flock {#}.lock", "flock", false},
    {"xargs -n 9", "xargs", false},
    {"xargs -0 -P 1", "xargs", false},
    {"find . -maxdepth 0 -exec", "find", false},
    {"ionice -c 3", "ionice", false},
    {"taskset -c 0", "taskset", false},
    {"prlimit --nofile=256", "prlimit", false},
    {"busybox env", "busybox", false},
    {"./passes", NULL, true},
    {"bin/ssh host", NULL, true},
    {"bin/su user -c", NULL, true},
    {"bin/watch -n 1", NULL, true},
    {"bin/script file", NULL, true},
    {"bin/parallel", NULL, true},
    {"timeout 60 ./passes x", "timeout", true},
};

static bool is_installed(const char *program)
{
    const char *path = getenv("PATH");
    char full[1024];
    while (path != NULL && *path != '\0') {
        size_t length = strcspn(path, ":");
        snprintf(full, sizeof full, "%.*s/%s", (int)length, path, program);
        if (access(full, X_OK) == 0)
            return true;
        path += length + (path[length] == ':');
    }
    return false;
}

static void add_options(const char *shell)
{
    size_t which;
    do {
        which = below(LENGTH(options));
    } while (options[which].shell != NULL && strcmp(options[which].shell, shell) != 0);
    add_words(options[which].words);
}

static void make_line(void)
{
    static const char *const operands[] = {"", "", "_", "_ one", "name {} two", "_ x{}"};
    struct text script = {.length = 0};
    size_t shell, finds = 0, last = LENGTH(wrappers);

    do {
        shell = below(LENGTH(shells));
    } while (!is_installed(shells[shell].needs));
    line.shell = shells[shell].words;
    bool whole = strcmp(line.shell, "sh") == 0 && one_in(2);
    if (!whole && one_in(8))
        add_words("cat /dev/null |");
    for (size_t left = whole ? 0 : below(3); left > 0; left--) {
        size_t which = below(LENGTH(wrappers));
        if (which == last || (wrappers[which].needs != NULL && !is_installed(wrappers[which].needs)))
            continue;
        last = which; /* flock would wait for itself */
        if (finds > 0 && strncmp(wrappers[which].words, "find", 4) == 0)
            continue;
        add_words(wrappers[which].words);
        line.must_refuse |= wrappers[which].must_refuse;
        finds += strncmp(wrappers[which].words, "find", 4) == 0;
        if (strcmp(wrappers[which].words, "busybox env") == 0)
            break; /* it runs its own timeout, which does not know all options */
    }
    put_script(&script);
    if (!whole) {
        add_words(line.shell);
        add_options(line.shell);
    }
    add_word(script.bytes);
    if (!whole)
        add_words(PICK(operands));
    if (finds > 0)
        add_word(";");
    line.finds = finds > 0;
}

/* ---- items ---- */

/* P is the folder that must not be: one, since many a redirection could make it as a file. */
/* clang-format off */
static const char *const patterns[] = {
    "a[$(mkdir${IFS}P)0]", "a[`mkdir${IFS}P`0]", "x=a[$(mkdir${IFS}P)0]", "PATH[$(mkdir${IFS}P)0]",
    "0+PATH[$(mkdir${IFS}P)1]", "-va[$(mkdir${IFS}P)0]", "-v a[$(mkdir${IFS}P)0]", "$(mkdir${IFS}P)",
    "`mkdir${IFS}P`", ";mkdir${IFS}P", ";mkdir${IFS}P;", "';mkdir${IFS}P;'", "\";mkdir${IFS}P;\"",
    "'\";mkdir${IFS}P;\"'", ")mkdir${IFS}P;(", "))mkdir${IFS}P;((", "));mkdir${IFS}P;((",
    "};mkdir${IFS}P;{", "\nmkdir${IFS}P\n", "\nE\nmkdir${IFS}P\n", "x\nE\nmkdir${IFS}P\n",
    "-c mkdir${IFS}P", "-c mkdir${IFS}P", "-e", "+x", "-", "--", "mkdir P", "mkdir P;", "eval mkdir${IFS}P",
    "|mkdir P", "& mkdir P &", "&& mkdir${IFS}P", "|| mkdir${IFS}P", "&mkdir P&", "$'\\nmkdir${IFS}P'",
    "<(mkdir${IFS}P)", ">(mkdir${IFS}P)", "${x:-$(mkdir${IFS}P)}", "${x:=`mkdir${IFS}P`}",
    "1+a[$(mkdir${IFS}P)0]", "(a[$(mkdir${IFS}P)])", "-Smkdir P", "-S mkdir P", "--command=mkdir P",
    "-cmkdir P", ". -exec mkdir P ;", "x -o -v a[$(mkdir${IFS}P)0] -o x", "*(e:mkdir${IFS}P:)", "@P", "\\",
    "\\\\", "%s%n", "%d", "~", "{a,b}", "0 ;mkdir${IFS}P", "a\\';mkdir${IFS}P;'", "#;mkdir${IFS}P",
    "a=(b);mkdir${IFS}P", "[0]=a[$(mkdir${IFS}P)0]", "([0]=a[$(mkdir${IFS}P)0])", "1) mkdir${IFS}P ;;",
    "x;;esac;mkdir${IFS}P", "))\nmkdir${IFS}P", "a.log", "a b", "-n", "", "a[$(mkdir${IFS}P)].log",
    "${PATH[$(mkdir${IFS}P)0]}", "$((a[$(mkdir${IFS}P)]))", "f() { mkdir${IFS}P; }", "x[$(mkdir${IFS}P)]=1",
    "a\n\n", "\xff\xfe\x80", "\x01\x7f", "a;mkdir P", "'$(mkdir${IFS}P)'", "\"$(mkdir${IFS}P)\"",
    "\\$(mkdir${IFS}P)", "$($(mkdir${IFS}P))", "!!", "!mkdir${IFS}P", "-i", "BASH_ENV=P", "1", "-1", "0x10",
    "-t", "-gt", "=", "!", "eval", "{}", "{#}", "${1}", "$1", "$@", "${_cpool_1}", "| sh", "<&0", ">&2",
    "/dev/null", "<<E", "[", "]", "]]", "/*", "-exec", ";", "+",
};
/* clang-format on */

static void make_item(struct text *item)
{
    const char *pattern = PICK(patterns);
    /* yash knows characters, not bytes; and behind find a task with {} ; or + fails. */
    while ((strcmp(line.shell, "yash") == 0 && strpbrk(pattern, "\xff\xfe\x80") != NULL) ||
           (line.finds &&
            (strstr(pattern, "{}") != NULL || strcmp(pattern, ";") == 0 || strcmp(pattern, "+") == 0)))
        pattern = PICK(patterns);
    append(item, one_in(12) ? "y" : "");
    for (const char *at = pattern; *at != '\0'; at++) {
        char byte[2] = {*at, '\0'};
        bool is_canary = *at == 'P' && strncmp(at, "PATH", 4) != 0;
        append(item, is_canary ? canary : byte);
    }
    append(item, one_in(12) ? ";mkdir ${IFS}" : "");
}

/* ---- running ---- */

static void show_line(FILE *file)
{
    fprintf(file, "  cpool -0 -j1");
    for (size_t i = 0; i < line.count; i++) {
        fputs(" '", file);
        for (const char *at = line.words[i]; *at != '\0'; at++)
            *at == '\'' ? (void)fputs("'\\''", file) : (void)fputc(*at, file);
        fputc('\'', file);
    }
    fputs(" <items\n", file);
}

static int failures;
static struct text items[ITEMS];

static void show_items(FILE *file)
{
    for (size_t i = 0; i < ITEMS; i++) {
        fputs("  item: ", file);
        for (const char *at = items[i].bytes; at < items[i].bytes + items[i].length; at++)
            fprintf(file, *at < ' ' || *at == '\x7f' ? "\\x%02x" : "%c", (unsigned char)*at);
        fputc('\n', file);
    }
}

static void complain(const char *format, ...)
{
    va_list arguments;
    fputs("fuzz_items: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, " (seed %llu)\n", (unsigned long long)seed);
    show_line(stderr);
    show_items(stderr);
    failures++;
}

static void *check(void *memory)
{
    if (memory != NULL)
        return memory;
    fputs("fuzz_items: out of memory, or a file can't be opened\n", stderr);
    exit(EXIT_FAILURE);
}

static void write_items(void)
{
    FILE *file = check(fopen("items", "w"));
    for (size_t i = 0; i < ITEMS; i++) {
        items[i] = (struct text){.length = 0};
        make_item(&items[i]);
        fwrite(items[i].bytes, 1, items[i].length + 1, file);
    }
    fclose(file);
}

/* The whole namespace goes, but for this process. */
static void end_all(void)
{
    kill(-1, SIGKILL);
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
        continue;
}

static void on_alarm(int signal_number)
{
    (void)signal_number;
}

static int run(const char *cpool)
{
    char *arguments[WORDS_MAX + 4] = {(char[]){"cpool"}, (char[]){"-0"}, (char[]){"-j1"}};
    memcpy(arguments + 3, line.words, line.count * sizeof *line.words);
    arguments[3 + line.count] = NULL;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        (void)setsid();
        if (freopen("items", "r", stdin) == NULL || freopen("/dev/null", "w", stdout) == NULL ||
            freopen("err", "w", stderr) == NULL)
            _exit(99);
        execv(cpool, arguments);
        _exit(99);
    }
    int status = 0;
    alarm(SECONDS);
    bool ended = waitpid(child, &status, 0) == child;
    alarm(0);
    end_all();
    return ended ? status : -1;
}

static bool is_wanted(const char *bytes, size_t length, size_t *which)
{
    bool found = false; /* items may be the same */
    for (size_t i = 0; i < ITEMS; i++)
        for (size_t k = 0; k < line.printed_count; k++) {
            size_t before = strlen(line.printed[k].before), behind = strlen(line.printed[k].behind);
            if (length == before + items[i].length + behind &&
                memcmp(bytes, line.printed[k].before, before) == 0 &&
                memcmp(bytes + before, items[i].bytes, items[i].length) == 0 &&
                memcmp(bytes + before + items[i].length, line.printed[k].behind, behind) == 0) {
                *which |= (size_t)1 << i;
                found = true;
            }
        }
    return found;
}

/* Which items were printed; ~0: something else was, too. */
static size_t read_printed(void)
{
    static char bytes[1 << 18];
    FILE *file = fopen(out, "r");
    size_t which = 0;
    if (file == NULL)
        return 0;
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    for (size_t at = 0; at < length;) {
        size_t record = strnlen(bytes + at, length - at);
        if (!is_wanted(bytes + at, record, &which)) {
            complain("printed '%.*s'", (int)record, bytes + at);
            return ~(size_t)0;
        }
        at += record + 1;
    }
    return which;
}

static void judge(int status, size_t shell)
{
    size_t printed = read_printed();
    bool refused = WIFEXITED(status) && WEXITSTATUS(status) == REFUSED;
    bool ran = access(canary, F_OK) == 0;

    figures[shell].lines++;
    figures[shell].taken += !refused;
    figures[shell].refused += refused;
    if (ran)
        complain("an item was run");
    else if (status == -1)
        complain("not over after %d s", SECONDS);
    else if (!WIFEXITED(status) || WEXITSTATUS(status) == 99)
        complain("ended by status %#x", (unsigned)status);
    else if (refused && printed != 0)
        complain("refused, and run all the same");
    else if (refused && line.must_take)
        complain("refused without need");
    else if (!refused && line.must_refuse)
        complain("not refused");
    else if (line.must_take && printed != (1U << ITEMS) - 1 && printed != ~(size_t)0)
        complain("an item did not arrive");
    figures[shell].silent += !refused && printed == 0;
}

/* ---- all ---- */

/* Programs that hand their words on, and that make one text of them. */
static void make_programs(void)
{
    static const char *const joiners[] = {"ssh", "su", "watch", "script", "parallel"};
    FILE *file = check(fopen("passes", "w"));
    fputs("#! /bin/sh\n[ \"$1\" != x ] || shift\nexec \"$@\"\n", file);
    fclose(file);
    chmod("passes", 0755);
    check(mkdir("bin", 0777) == 0 ? folder : NULL);
    for (size_t i = 0; i < LENGTH(joiners); i++) {
        char name[32];
        snprintf(name, sizeof name, "bin/%s", joiners[i]);
        file = check(fopen(name, "w"));
        fputs("#! /bin/sh\nexec sh -c \"$*\"\n", file);
        fclose(file);
        chmod(name, 0755);
    }
}

static size_t figure_of(const char *shell)
{
    size_t i = 0;
    while (figures[i].shell != NULL && strcmp(figures[i].shell, shell) != 0)
        i++;
    figures[i].shell = shell;
    return i;
}

static void forget_line(void)
{
    for (size_t i = 0; i < line.count; i++)
        free(line.words[i]);
    memset(&line, 0, sizeof line);
    unlink(out);
    rmdir(canary);
}

static void show_figures(unsigned long lines)
{
    size_t i;
    printf("seed %llu, %lu command lines with %d items each\n%-12s %8s %8s %8s %8s\n",
           (unsigned long long)seed, lines, ITEMS, "shell", "lines", "taken", "refused", "silent");
    for (i = 0; figures[i].shell != NULL; i++)
        printf("%-12s %8lu %8lu %8lu %8lu\n", figures[i].shell, figures[i].lines, figures[i].taken,
               figures[i].refused, figures[i].silent);
    printf("failures: %d\n", failures);
}

int main(int argc, char **argv)
{
    unsigned long lines = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;

    if (argc < 3 || getpid() != 1) {
        fputs(
            "fuzz_items: is for a pid namespace of its own, as its first process; see tests/fuzz/items.sh\n",
            stderr);
        return EXIT_SKIPPED;
    }
    seed = argc > 3 ? strtoull(argv[3], NULL, 10) : (uint64_t)time(NULL);
    state = seed * 0x9e3779b97f4a7c15U + 1;
    const struct sigaction alarmed = {.sa_handler = on_alarm};
    sigaction(SIGALRM, &alarmed, NULL);
    check(getcwd(folder, sizeof folder));
    /* Not in the current folder: {/} of an item names a file there. */
    check(mkdir("x", 0777) == 0 ? folder : NULL);
    snprintf(canary, sizeof canary, "%s/x/P", folder);
    snprintf(out, sizeof out, "%s/out", folder);
    make_programs();
    for (unsigned long i = 0; i < lines && failures < 20; i++) {
        forget_line();
        make_line();
        write_items();
        judge(run(argv[1]), figure_of(line.shell));
    }
    forget_line();
    show_figures(lines);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
