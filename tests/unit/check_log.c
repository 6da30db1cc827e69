#include "unit.h"

#include "base/log.h"

#include <sys/socket.h>

/* Standard error becomes a socket that keeps each write apart, so that one read is one write. */
static int watch_standard_error(void)
{
    int ends[2];
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_DGRAM, 0, ends), 0);
    ck_assert_int_eq(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
    close(ends[1]);
    return ends[0];
}

static const char *next_write(int fd)
{
    static char text[8192];
    ssize_t n = recv(fd, text, sizeof text - 1, MSG_DONTWAIT);
    text[n < 0 ? 0 : n] = '\0';
    return n < 0 ? NULL : text;
}

START_TEST(a_message_is_one_line_in_one_write)
{
    int fd = watch_standard_error();
    errno = ENOTTY;
    log_error("item %d: %s", 7, "why");
    ck_assert_int_eq(errno, ENOTTY);
    ck_assert_str_eq(next_write(fd), "cpool: item 7: why\n");
    ck_assert_ptr_null(next_write(fd));
    log_warning("%s", "careful");
    ck_assert_str_eq(next_write(fd), "cpool: warning: careful\n");
    ck_assert_ptr_null(next_write(fd));
}
END_TEST

START_TEST(a_message_that_is_too_long_is_cut_and_stays_a_line)
{
    static char text[100000];
    memset(text, 'x', sizeof text - 1);
    int fd = watch_standard_error();
    log_error("%s", text);
    const char *line = next_write(fd);
    ck_assert_ptr_nonnull(line);
    size_t length = strlen(line);
    ck_assert_uint_ge(length, 1000);
    ck_assert_uint_lt(length, sizeof text);
    ck_assert_int_eq(line[length - 1], '\n');
    ck_assert_str_eq(line + length - strlen("x...\n"), "x...\n");
    ck_assert_uint_eq(strspn(line + strlen("cpool: "), "x"), length - strlen("cpool: ") - strlen("...\n"));
}
END_TEST

static const char *erase(void)
{
    return "\033[J";
}

START_TEST(what_is_drawn_is_taken_away_in_the_same_write)
{
    int fd = watch_standard_error();
    log_set_before(erase);
    log_error("why");
    ck_assert_str_eq(next_write(fd), "\033[Jcpool: why\n");
    log_set_before(NULL);
    log_warning("why");
    ck_assert_str_eq(next_write(fd), "cpool: warning: why\n");
}
END_TEST

START_TEST(a_closed_standard_error_is_no_trouble)
{
    int spare = dup(STDERR_FILENO);
    close(STDERR_FILENO);
    errno = ENOTTY;
    log_error("nobody hears this");
    ck_assert_int_eq(errno, ENOTTY);
    dup2(spare, STDERR_FILENO);
    close(spare);
}
END_TEST

static int end_fatally(void *context)
{
    (void)context;
    log_fatal("the end: %s", "of it");
}

START_TEST(a_fatal_message_ends_the_process)
{
    int fd = watch_standard_error();
    ck_assert_int_eq(unit_fork_and_wait(end_fatally, NULL), EXIT_CPOOL_FAILED);
    ck_assert_str_eq(next_write(fd), "cpool: the end: of it\n");
}
END_TEST

/* ---- quoting ---- */

static const struct {
    const char *bytes;
    size_t length;
    const char *quoted;
} quotes[] = {
    {"", 0, ""},
    {"plain text 123 ~", 16, "plain text 123 ~"},
    {"a\nb\tc", 5, "a\\x0ab\\x09c"},
    {"\0", 1, "\\x00"},
    {"\x1b[31mred", 8, "\\x1b[31mred"},
    {"\x7f", 1, "\\x7f"},
    {"gr\xc3\xbc\xc3\x9f", 6, "gr\xc3\xbc\xc3\x9f"}, /* two bytes */
    {"\xe2\x82\xac", 3, "\xe2\x82\xac"},             /* three */
    {"\xf0\x9f\x90\x9f", 4, "\xf0\x9f\x90\x9f"},     /* four */
    {"\xf4\x8f\xbf\xbf", 4, "\xf4\x8f\xbf\xbf"},     /* the last of all */
    {"\xf4\x90\x80\x80", 4, "\\xf4\\x90\\x80\\x80"}, /* behind it */
    {"\xc2\x85", 2, "\\xc2\\x85"},                   /* a control character of ISO 8859 */
    {"\xc2\x9b\x33", 3, "\\xc2\\x9b\x33"},           /* the one that begins a terminal's orders */
    {"\xc2\xa0", 2, "\xc2\xa0"},                     /* the first behind those */
    {"\xff\xfe", 2, "\\xff\\xfe"},                   /* never UTF-8 */
    {"\x80", 1, "\\x80"},                            /* a tail without a head */
    {"\xc3", 1, "\\xc3"},                            /* a head without its tail */
    {"\xe2\x82", 2, "\\xe2\\x82"},                   /* or with half of it */
    {"\xe2\x28\xa1", 3, "\\xe2(\\xa1"},              /* or with another's */
    {"\xc0\xaf", 2, "\\xc0\\xaf"},                   /* '/' in too many bytes */
    {"\xe0\x80\xaf", 3, "\\xe0\\x80\\xaf"},          /* the same in three */
    {"\xf0\x80\x80\xaf", 4, "\\xf0\\x80\\x80\\xaf"}, /* and in four */
    {"\xed\xa0\x80", 3, "\\xed\\xa0\\x80"},          /* half of a surrogate pair */
};

START_TEST(quoted_bytes_cannot_steer_a_terminal)
{
    for (size_t i = 0; i < ARRAY_LENGTH(quotes); i++) {
        char text[LOG_QUOTE_SIZE];
        /* Exactly as large, so that a sanitizer sees a look behind the end. */
        char *bytes = malloc(quotes[i].length + 1);
        memcpy(bytes + 1, quotes[i].bytes, quotes[i].length);
        ck_assert_ptr_eq(log_quote(text, sizeof text, bytes + 1, quotes[i].length), text);
        ck_assert_str_eq(text, quotes[i].quoted);
        free(bytes);
    }
}
END_TEST

START_TEST(a_long_text_is_cut_between_characters)
{
    char text[8];
    ck_assert_str_eq(log_quote(text, sizeof text, "12345", 5), "12345");
    ck_assert_str_eq(log_quote(text, sizeof text, "12345678", 8), "1234...");
    ck_assert_str_eq(log_quote(text, sizeof text, "\n\n", 2), "\\x0a...");
    ck_assert_str_eq(log_quote(text, sizeof text, "123\n", 4), "123\\x0a");
    ck_assert_str_eq(log_quote(text, sizeof text, "1234\n", 5), "1234...");
    ck_assert_str_eq(log_quote(text, sizeof text, "123\xe2\x82\xac.....", 11), "123...");
}
END_TEST

/* A character is kept whole or not at all, and nothing is written behind the end. */
START_TEST(every_size_and_length_is_safe)
{
    static const char item[] = "a\xc3\xbc\n\xe2\x82\xac\x01z\xf0\x9f\x90\x9f\xff.";
    for (size_t size = 8; size < 48; size++)
        for (size_t length = 0; length < sizeof item; length++) {
            char *text = malloc(size);
            char again[LOG_QUOTE_SIZE];
            log_quote(text, size, item, length);
            size_t got = strlen(text);
            ck_assert_uint_lt(got, size);
            /* Quoting what was quoted changes nothing: it holds valid characters only. */
            log_quote(again, sizeof again, text, got);
            ck_assert_str_eq(again, text);
            free(text);
        }
}
END_TEST

UNIT_MAIN("log")
{
    tcase_add_test(tests, a_message_is_one_line_in_one_write);
    tcase_add_test(tests, a_message_that_is_too_long_is_cut_and_stays_a_line);
    tcase_add_test(tests, what_is_drawn_is_taken_away_in_the_same_write);
    tcase_add_test(tests, a_closed_standard_error_is_no_trouble);
    if (!UNIT_THREAD_SANITIZER)
        tcase_add_test(tests, a_fatal_message_ends_the_process);
    tcase_add_test(tests, quoted_bytes_cannot_steer_a_terminal);
    tcase_add_test(tests, a_long_text_is_cut_between_characters);
    tcase_add_test(tests, every_size_and_length_is_safe);
}
